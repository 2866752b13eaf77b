package com.ecommerce.orders.local;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.ApiResponse;
import com.ecommerce.orders.http.Parameter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Hands out tokens for any tenant and user to whoever asks, and the page that uses them, so it answers nobody but this
 * very machine: an open mint that a proxy makes reachable would be the end of every tenant's privacy.
 */
final class DevEndpoints {

    private static final Set<String> LOCAL_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

    private final DevIssuer issuer;
    private final DocsPages docs = new DocsPages();

    DevEndpoints(DevIssuer issuer) {
        this.issuer = issuer;
    }

    /**
     * Whether the request comes straight from this machine, as far as can be told: proxies that add no header of theirs
     * mostly speak HTTP/1.0.
     */
    boolean isOpenTo(String peer, String protocol, ApiRequest request) {
        return isLoopback(peer)
                && !protocol.equals("HTTP/1.0")
                && request.headers().keySet().stream().noneMatch(DevEndpoints::isProxys)
                && LOCAL_HOSTS.contains(withoutPort(request.headers().getOrDefault("host", "")));
    }

    /** The answer; empty if the request is for something else. */
    Optional<ApiResponse> handle(ApiRequest request) {
        if (!request.method().equals("GET")) {
            return Optional.empty();
        }
        return switch (request.path()) {
            case "/dev/token" -> Optional.of(ApiResponse.text(200, issuer.token(claims(request))));
            case "/dev/jwks.json" ->
                Optional.of(ApiResponse.json(200, issuer.jwkSet().getBytes(StandardCharsets.UTF_8)));
            default -> docs.find(request.path());
        };
    }

    private static Map<String, String> claims(ApiRequest request) {
        Map<String, String> parameters = new LinkedHashMap<>(Map.of(
                "tenant", "acme",
                "user", "alice",
                "email", "alice@example.org",
                "scope", "orders:read orders:write"));
        for (Parameter parameter : request.query()) {
            parameters.replace(parameter.name(), parameter.value());
        }
        return Map.of(
                "tenant_id", parameters.get("tenant"),
                "sub", parameters.get("user"),
                "email", parameters.get("email"),
                "scope", parameters.get("scope"));
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean isProxys(String header) {
        return header.equals("forwarded")
                || header.equals("via")
                || header.equals("x-real-ip")
                || header.startsWith("x-forwarded-");
    }

    private static String withoutPort(String host) {
        int port = host.lastIndexOf(':');
        return port > host.lastIndexOf(']') ? host.substring(0, port) : host;
    }
}
