package com.ecommerce.orders.local;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.ApiResponse;
import com.ecommerce.orders.http.Authenticator;
import com.ecommerce.orders.http.ServerProblems;
import com.ecommerce.orders.local.sample.SampleRefusedException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/**
 * The endpoints for development: tokens for any tenant and user, sample orders, and the two pages that use the tokens, the
 * console and the docs. They respond only to requests from this machine. If a proxy made the endpoints reachable, any client could read
 * every tenant's data.
 */
final class DevEndpoints {

    /** The headers that browsers and command-line clients send on their own. Any other header shows a proxy. */
    private static final Set<String> PLAIN_HEADERS = Set.of(
            "authorization",
            "cache-control",
            "connection",
            "content-length",
            "content-type",
            "cookie",
            "dnt",
            "host",
            "http2-settings",
            "if-modified-since",
            "if-none-match",
            "keep-alive",
            "origin",
            "pragma",
            "priority",
            "range",
            "referer",
            "save-data",
            "te",
            "upgrade",
            "upgrade-insecure-requests",
            "user-agent");

    private static final Set<String> READS = Set.of("GET", "HEAD");
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");
    private static final Set<String> LOCAL_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

    private final DevIssuer issuer;
    private final Function<String, List<String>> samples;
    private final DocsPages docs = new DocsPages();
    private final ConsolePages console = new ConsolePages();

    /** @param samples makes the sample orders of the caller whose token it gets, and returns their ids */
    DevEndpoints(DevIssuer issuer, Function<String, List<String>> samples) {
        this.issuer = issuer;
        this.samples = samples;
    }

    /**
     * Tells whether the request seems to come directly from this machine. A proxy adds a header or speaks HTTP/1.0. For a
     * page of another site, the browser names the site in a header.
     */
    boolean isOpenTo(String peer, String protocol, ApiRequest request) {
        return isLoopback(peer)
                && !protocol.equals("HTTP/1.0")
                && request.headers().keySet().stream().allMatch(DevEndpoints::isPlain)
                && OWN_SITES.contains(request.headers().getOrDefault("sec-fetch-site", "none"))
                && LOCAL_HOSTS.contains(withoutPort(request.headers().getOrDefault("host", "")));
    }

    /** Returns the response, or empty if the path belongs to no development endpoint. */
    Optional<ApiResponse> handle(ApiRequest request) {
        if (request.method().equals("POST") && request.path().equals("/dev/samples")) {
            return Optional.of(makeSamples(request));
        }
        if (!READS.contains(request.method())) {
            return Optional.empty();
        }
        return switch (request.path()) {
            case "/dev/token" -> Optional.of(token(request));
            case "/dev/jwks.json" ->
                Optional.of(ApiResponse.json(200, issuer.jwkSet().getBytes(StandardCharsets.UTF_8)));
            default -> docs.find(request.path()).or(() -> console.find(request.path()));
        };
    }

    private ApiResponse token(ApiRequest request) {
        DevTokenParameters parameters = DevTokenParameters.read(request.query());
        if (!parameters.violations().isEmpty()) {
            return ServerProblems.invalidParameters(parameters.violations(), request);
        }
        Map<String, String> headers = Map.of(
                "Content-Type", "text/plain;charset=utf-8",
                "X-Content-Type-Options", "nosniff",
                "Cache-Control", "no-store");
        return new ApiResponse(200, headers, issuer.token(parameters.claims()).getBytes(StandardCharsets.UTF_8));
    }

    private ApiResponse makeSamples(ApiRequest request) {
        String token = Authenticator.bearerToken(request);
        try {
            Map<String, Object> made = Map.of("ids", samples.apply(token == null ? "" : token));
            return ApiResponse.json(201, JsonMapper.shared().writeValueAsBytes(made));
        } catch (SampleRefusedException refused) {
            return NextStep.addTo(refused.response());
        }
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean isPlain(String header) {
        return PLAIN_HEADERS.contains(header)
                || header.equals("accept")
                || header.startsWith("accept-")
                || header.startsWith("sec-");
    }

    private static String withoutPort(String host) {
        int port = host.lastIndexOf(':');
        return port > host.lastIndexOf(']') ? host.substring(0, port) : host;
    }
}
