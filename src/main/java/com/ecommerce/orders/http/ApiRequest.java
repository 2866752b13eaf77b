package com.ecommerce.orders.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request as every platform's adapter hands it over.
 *
 * @param method upper case
 * @param path percent-decoded exactly once
 * @param query decoded, in the order of the request
 * @param headers by lower-case name; a repeated header's values joined by {@code ", "}
 * @param body not read yet, if the platform can read it on demand
 * @param platformClaims what the platform's gateway says about the caller, {@code null} if it says nothing; trusted
 *     in the identity mode {@code gateway} only
 */
public record ApiRequest(
        String method,
        String path,
        List<Parameter> query,
        Map<String, String> headers,
        RequestBody body,
        @Nullable Map<String, Object> platformClaims) {

    /** A request whose body is in memory already. */
    public ApiRequest(
            String method,
            String path,
            List<Parameter> query,
            Map<String, String> headers,
            byte @Nullable [] body,
            @Nullable Map<String, Object> platformClaims) {
        this(method, path, query, headers, new RequestBody.Bytes(body), platformClaims);
    }

    /** The same without claims of a gateway: its caller needs a token. */
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
