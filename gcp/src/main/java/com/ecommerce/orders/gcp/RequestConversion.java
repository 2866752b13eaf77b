package com.ecommerce.orders.gcp;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.Limits;
import com.ecommerce.orders.http.UrlEncoding;
import com.google.cloud.functions.HttpRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Makes the API's request of the invoker's, alike on its versions 1 and 2. */
final class RequestConversion {

    private static final String AUTHORIZATION = "authorization";
    private static final String FORWARDED_AUTHORIZATION = "x-forwarded-authorization";

    private RequestConversion() {}

    static ApiRequest toApiRequest(HttpRequest request) throws IOException {
        // Before anything else: version 1 loses the body of a form when other parts of the request are read first.
        byte[] body = request.getInputStream().readNBytes(Limits.MAX_BODY_BYTES + 1);
        Map<String, String> headers = headers(request);
        return new ApiRequest(
                request.getMethod(),
                UrlEncoding.decodePath(rawPath(request.getUri())),
                UrlEncoding.decodeQuery(request.getQuery().orElse(null)),
                headers,
                body,
                UserInfo.claims(headers));
    }

    private static Map<String, String> headers(HttpRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.getHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        // API Gateway logs in at the function with a token of its own, and moves the caller's. Whoever sets this header
        // himself gains nothing: the API verifies a token wherever it stood, and in gateway mode it looks at none.
        String forwarded = headers.get(FORWARDED_AUTHORIZATION);
        if (forwarded != null) {
            headers.put(AUTHORIZATION, forwarded);
        }
        return headers;
    }

    /** The path as the client sent it: version 2's own {@code getPath()} has resolved dots and dropped parameters. */
    static String rawPath(String uri) {
        int query = uri.indexOf('?');
        String resource = query < 0 ? uri : uri.substring(0, query);
        if (resource.startsWith("/")) {
            return resource;
        }
        int path = resource.indexOf('/', resource.indexOf("://") + 3);
        return path < 0 ? "/" : resource.substring(path);
    }
}
