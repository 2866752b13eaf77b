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

/** Reads a request as Google's invoker hands it over, in the same way on versions 1 and 2 of the invoker. */
final class GcpRequestMapper {

    private static final int TOO_MUCH = Limits.MAX_BODY_BYTES + 1;
    private static final String AUTHORIZATION = "authorization";
    private static final String FORWARDED_AUTHORIZATION = "x-forwarded-authorization";

    private final GcpGatewayClaims userInfo;

    GcpRequestMapper(GcpGatewayClaims userInfo) {
        this.userInfo = userInfo;
    }

    /** @throws UncheckedIOException if the client closes the connection before the end of the body */
    ApiRequest read(HttpRequest request) {
        // Before anything else: version 1 loses the body of a form when other parts of the request are read first.
        byte[] body = body(request);
        Map<String, String> headers = headers(request);
        return new ApiRequest(
                request.getMethod(),
                UrlEncoding.decodePath(rawPath(request.getUri())),
                UrlEncoding.decodeQuery(request.getQuery().orElse(null)),
                headers,
                body,
                userInfo.claims(headers));
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

    /** Version 2 has used up the body of a multipart request. It is refused for its type, so only its size counts. */
    private static byte[] standIn(long length) {
        return new byte[length < 0 ? 1 : (int) Math.min(length, TOO_MUCH)];
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
