package com.ecommerce.orders.azure;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.UrlEncoding;
import com.microsoft.azure.functions.HttpRequestMessage;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A mapper that reads a request as Azure's Java worker passes it to a function. */
final class AzureRequestMapper {

    private static final byte[] NONE = {};

    private AzureRequestMapper() {}

    static ApiRequest read(HttpRequestMessage<Optional<String>> request, AppServiceAuthentication easyAuth) {
        Map<String, String> headers = headers(request);
        String target = target(url(request));
        int question = target.indexOf('?');
        return new ApiRequest(
                request.getHttpMethod().name(),
                UrlEncoding.decodePath(question < 0 ? target : target.substring(0, question)),
                UrlEncoding.decodeQuery(question < 0 ? null : target.substring(question + 1)),
                headers,
                body(request, headers),
                easyAuth.claims(headers));
    }

    /**
     * Returns the URL as the client sent it. The worker's own parameters lose empty values and join repeated ones. A URL with
     * {@code |} in its query is no valid URI, but the exception contains the text.
     */
    private static String url(HttpRequestMessage<?> request) {
        try {
            return request.getUri().toString();
        } catch (IllegalArgumentException e) {
            if (e.getCause() instanceof URISyntaxException malformed) {
                return malformed.getInput();
            }
            throw e;
        }
    }

    /** Returns the URL without scheme and host. */
    private static String target(String url) {
        int host = url.indexOf("://") + 3;
        int path = url.indexOf('/', host);
        return path < 0 ? "/" : url.substring(path);
    }

    private static Map<String, String> headers(HttpRequestMessage<?> request) {
        Map<String, String> headers = new HashMap<>();
        request.getHeaders().forEach((name, value) -> {
            if (value != null) {
                headers.put(name.toLowerCase(Locale.ROOT), value);
            }
        });
        return headers;
    }

    /** Returns the body, or {@code null} if the host lost it. The host drops a body without a known length. */
    private static byte @Nullable [] body(HttpRequestMessage<Optional<String>> request, Map<String, String> headers) {
        Optional<String> text = request.getBody();
        if (text != null && text.isPresent() && !text.get().isEmpty()) {
            return text.get().getBytes(StandardCharsets.UTF_8);
        }
        return headers.containsKey("transfer-encoding") && !headers.containsKey("content-length") ? null : NONE;
    }
}
