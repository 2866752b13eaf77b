package com.ecommerce.orders.aws;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** Events of callers that the gateway has verified, and a reader of responses. */
final class Calls {

    /** An event that creates a valid order. */
    static final byte[] CREATE = request("POST", "/orders", 1);

    private Calls() {}

    /** Returns an event of payload 2.0. */
    static byte[] request(String method, String path, int padding) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("version", "2.0");
        event.put("rawPath", path);
        event.put("rawQueryString", "");
        event.put("headers", Map.of("content-type", "application/json"));
        event.put(
                "requestContext",
                Map.of(
                        "http", Map.of("method", method),
                        "requestId", UUID.randomUUID().toString(),
                        "authorizer",
                                Map.of(
                                        "jwt",
                                        Map.of(
                                                "claims",
                                                Map.of(
                                                        "custom:tenant_id", "lifecycle",
                                                        "sub", "alice",
                                                        "scope",
                                                                "orders-api/orders:read orders-api/orders:write orders-api/payments:write orders-api/fulfillments:write")))));
        if (method.equals("POST")) {
            event.put(
                    "body",
                    "{\"currency\":\"EUR\",\"items\":[{\"sku\":\"A\",\"quantity\":1,\"unitPrice\":100}]"
                            + " ".repeat(padding) + "}");
        }
        return JsonMapper.shared().writeValueAsBytes(event);
    }

    static int status(byte[] answer) {
        return JsonMapper.shared().readTree(answer).path("statusCode").intValue();
    }
}
