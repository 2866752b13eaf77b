package com.ecommerce.orders.http;

import com.ecommerce.orders.settings.SettingException;
import java.util.Map;
import java.util.Set;

/** The rules for cross-origin requests (Fetch Standard, section 3.3). By default no origin is allowed. */
final class Cors {

    private static final String EXPOSED =
            "ETag, Order-ETag, Location, Link, Retry-After, Idempotent-Replayed, Dry-Run, X-Request-Id, WWW-Authenticate";
    private static final String ACCEPTED =
            "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, X-Request-Id, traceparent, tracestate";

    private final Set<String> origins;

    /**
     * @param origins the allowed origins as browsers send them, or {@code *} for all origins
     * @throws SettingException if an origin has another spelling
     */
    Cors(Set<String> origins) {
        this.origins = Set.copyOf(origins);
        if (!origins.isEmpty()) {
            Origins.check(origins);
        }
    }

    boolean isPreflight(ApiRequest request) {
        return isAllowed(request)
                && request.method().equals("OPTIONS")
                && request.header("access-control-request-method") != null;
    }

    /** @throws HttpProblemException if there is no such path */
    ApiResponse preflight(ApiRequest request, Router router) {
        return ApiResponse.empty(204)
                .with("Access-Control-Allow-Methods", router.allow(request.path()))
                .with("Access-Control-Allow-Headers", ACCEPTED)
                .with("Access-Control-Max-Age", "600");
    }

    /** Adds the CORS headers to the headers of a response. */
    void addHeaders(ApiRequest request, Map<String, String> headers) {
        if (origins.isEmpty()) {
            return;
        }
        headers.put("Vary", "Origin");
        if (isAllowed(request)) {
            headers.put("Access-Control-Allow-Origin", String.valueOf(request.header("origin")));
            headers.put("Access-Control-Expose-Headers", EXPOSED);
        }
    }

    private boolean isAllowed(ApiRequest request) {
        String origin = request.header("origin");
        return origin != null && (origins.contains(origin) || origins.contains("*") && isEchoable(origin));
    }

    /** Tells whether an origin has only the characters of RFC 6454, section 7.1. Browsers send no other origins. */
    private static boolean isEchoable(String origin) {
        return !origin.isEmpty() && origin.chars().allMatch(c -> c > ' ' && c <= '~');
    }
}
