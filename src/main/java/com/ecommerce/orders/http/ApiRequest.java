package com.ecommerce.orders.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request. The adapter of each platform builds it.
 *
 * @param method in upper case
 * @param path percent-decoded exactly once
 * @param query the decoded parameters, in the order of the request
 * @param headers the headers by lower-case name; the values of a repeated header are joined by {@code ", "}
 * @param body the body; if the platform allows it, the body is read only on demand
 * @param platformClaims the claims that the platform's gateway has verified, {@code null} if there are none; trusted
 *     only in the identity mode {@code gateway}
 */
public record ApiRequest(
        String method,
        String path,
        List<Parameter> query,
        Map<String, String> headers,
        RequestBody body,
        @Nullable Map<String, Object> platformClaims) {

    /** Creates a request whose body is already in memory. */
    public ApiRequest(
            String method,
            String path,
            List<Parameter> query,
            Map<String, String> headers,
            byte @Nullable [] body,
            @Nullable Map<String, Object> platformClaims) {
        this(method, path, query, headers, new RequestBody.Bytes(body), platformClaims);
    }

    /** Creates a request without claims of a gateway. Its caller needs a token. */
    public ApiRequest(
            String method, String path, List<Parameter> query, Map<String, String> headers, byte @Nullable [] body) {
        this(method, path, query, headers, body, null);
    }

    /** Returns the same request at another path. */
    ApiRequest at(String otherPath) {
        return new ApiRequest(method, otherPath, query, headers, body, platformClaims);
    }

    @Nullable
    String header(String lowerCaseName) {
        return headers.get(lowerCaseName);
    }

    boolean isHead() {
        return method.equals("HEAD");
    }
}
