package com.ecommerce.orders.parity;

import com.ecommerce.orders.testkit.Tokens;
import com.ecommerce.orders.testkit.WireRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Named requests that are in no case, because a platform is known to treat them differently. */
final class OddRequests {

    private static final byte[] ORDER = "{\"currency\":\"EUR\",\"items\":[]}".getBytes(StandardCharsets.UTF_8);

    private final Map<String, String> authorization;

    private OddRequests(Tokens tokens) {
        String token = tokens.mint(Map.of(
                "tenant_id",
                "odd",
                "sub",
                "alice",
                "scope",
                "orders:read orders:write payments:write fulfillments:write"));
        authorization = Map.of("Authorization", "Bearer " + token);
    }

    static Map<String, WireRequest> all(Tokens tokens) {
        return new OddRequests(tokens).requests();
    }

    private Map<String, WireRequest> requests() {
        Map<String, WireRequest> all = new LinkedHashMap<>();
        for (String path : new String[] {
            "/favicon.ico",
            "/robots.txt",
            "/",
            "/orders/",
            "/orders/a|b",
            "/orders/{id}",
            "/orders/[1]",
            "/orders/\"1\"",
            "/orders/a^b",
            "/orders/<1>",
            "/orders/a\\b",
            "/orders/%",
            "/orders/%zz",
            "/orders/%2E",
            "/orders/.",
            "/orders/..",
            "/..",
            "/orders?limit=%zz",
            "/orders?limit=|",
            "/orders?limit=%00",
            "/orders?",
            "/orders??limit=1",
            "/orders?limit=1#top",
            "/orders/%F0%9F%98%80",
            "/orders?sort=%F0%9F%98%80",
            "/orders?limit=1+1",
            "/orders/a+b",
            "/orders/a%2Bb",
            "/orders/a:b@c!$&'()*,=",
            "/ORDERS",
            "/health?x=%ff"
        }) {
            all.put("GET " + path, new WireRequest("GET", path, authorization, null));
        }
        for (String method : new String[] {"PROPFIND", "TRACE", "PUT", "DELETE", "get"}) {
            all.put(method + " /orders", new WireRequest(method, "/orders", authorization, null));
        }
        for (String type : new String[] {
            "application/octet-stream", "multipart/form-data; boundary=x", "text/plain",
                    "application/x-www-form-urlencoded",
            "application/json; charset=utf-8", "application/json; charset=iso-8859-1", "APPLICATION/JSON", "nonsense"
        }) {
            all.put("POST of " + type, new WireRequest("POST", "/orders", with("Content-Type", type), ORDER));
        }
        for (int kilobytes : new int[] {6, 9}) {
            all.put(
                    "GET with a header of " + kilobytes + " KB",
                    new WireRequest("GET", "/orders", with("X-Long", "x".repeat(kilobytes * 1024)), null));
        }
        all.put("HEAD /openapi.json", new WireRequest("HEAD", "/openapi.json", Map.of(), null));
        all.put("GET with a body", new WireRequest("GET", "/orders", with("Content-Type", "application/json"), ORDER));
        return all;
    }

    private Map<String, String> with(String name, String value) {
        Map<String, String> headers = new TreeMap<>(authorization);
        headers.put(name, value);
        return headers;
    }
}
