package com.ecommerce.orders.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An HTTP response. The adapter of each platform sends it.
 *
 * @param headers the headers by canonical name, each with one value
 * @param body the body; empty if there is none
 */
public record ApiResponse(int status, Map<String, String> headers, byte[] body) {

    static final String JSON = "application/json";

    private static final byte[] NONE = {};

    /** Returns a response with a JSON body. */
    public static ApiResponse json(int status, byte[] body) {
        return of(status, JSON, body);
    }

    /** Returns a response with a text body. */
    public static ApiResponse text(int status, String body) {
        return of(status, "text/plain;charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    static ApiResponse empty(int status) {
        return new ApiResponse(status, Map.of(), NONE);
    }

    static ApiResponse of(int status, String contentType, byte[] body) {
        return new ApiResponse(status, Map.of("Content-Type", contentType), body);
    }

    ApiResponse with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new ApiResponse(status, more, body);
    }

    ApiResponse with(Map<String, String> added) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.putAll(added);
        return new ApiResponse(status, more, body);
    }

    ApiResponse withoutBody() {
        return new ApiResponse(status, headers, NONE);
    }
}
