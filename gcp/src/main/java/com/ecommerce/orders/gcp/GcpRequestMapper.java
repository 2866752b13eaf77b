package com.ecommerce.orders.gcp;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.Limits;
import com.ecommerce.orders.http.UrlEncoding;
import com.google.cloud.functions.HttpRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A mapper that reads the requests of Google's invoker. Versions 1 and 2 of the invoker give the same result. */
final class GcpRequestMapper {

    private static final int TOO_MUCH = Limits.MAX_BODY_BYTES + 1;
    private static final String AUTHORIZATION = "authorization";
    private static final String FORWARDED_AUTHORIZATION = "x-forwarded-authorization";

    private final GcpGatewayClaims gatewayClaims;

    GcpRequestMapper(GcpGatewayClaims gatewayClaims) {
        this.gatewayClaims = gatewayClaims;
    }

    /** @throws UncheckedIOException if the client closes the connection before the end of the body */
    ApiRequest read(HttpRequest request) {
        // The body must be read first. Otherwise version 1 of the invoker loses the body of a form.
        byte[] body = body(request);
        Map<String, String> headers = headers(request);
        return new ApiRequest(
                request.getMethod(),
                UrlEncoding.decodePath(rawPath(request.getUri())),
                UrlEncoding.decodeQuery(request.getQuery().orElse(null)),
                headers,
                body,
                gatewayClaims.claims(headers));
    }

    private static byte[] body(HttpRequest request) {
        try {
            byte[] body = request.getInputStream().readNBytes(TOO_MUCH);
            return body.length == 0 && isMultipart(request) ? standIn(request.getContentLength()) : body;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isMultipart(HttpRequest request) {
        return request.getContentType().orElse("").toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    }

    /** Returns a body of the same size. Version 2 has consumed a multipart body, which is refused for its type anyway. */
    private static byte[] standIn(long length) {
        return new byte[length < 0 ? 1 : (int) Math.min(length, TOO_MUCH)];
    }

    private static Map<String, String> headers(HttpRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.getHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        // API Gateway sends its own token to the function and moves the caller's token to this header. A client gains
        // nothing with this header: the API verifies the token as usual, and in gateway mode it reads no token.
        String forwarded = headers.get(FORWARDED_AUTHORIZATION);
        if (forwarded != null) {
            headers.put(AUTHORIZATION, forwarded);
        }
        return headers;
    }

    /** Returns the path as the client sent it. Version 2's {@code getPath()} resolves dots and drops path parameters. */
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
