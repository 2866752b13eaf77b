package com.ecommerce.orders.aws;

import com.ecommerce.orders.http.UrlEncoding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A converter from requests to events with the structure of those in {@code aws/events}.
 *
 * @param base64 whether bodies are in base64, as API Gateway sends binary bodies
 */
record GatewayEvents(ApiKind kind, boolean base64, @Nullable JwtAuthorizer authorizer) {

    byte[] toEvent(GatewayRequest request) {
        Map<String, Object> event =
                switch (kind) {
                    case HTTP_API_2_0 -> payload2(request);
                    case HTTP_API_1_0, REST_API -> payload1(request);
                    case LOAD_BALANCER -> loadBalancer(request);
                };
        return JsonMapper.shared().writeValueAsBytes(event);
    }

    /** Returns an event with the path and query still encoded, and only the target group in the context. */
    private Map<String, Object> loadBalancer(GatewayRequest request) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("requestContext", Map.of("elb", Map.of("targetGroupArn", "arn:aws:elasticloadbalancing:x")));
        event.put("httpMethod", request.method());
        event.put("path", request.path());
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (String pair :
                request.query().isEmpty() ? new String[0] : request.query().split("&")) {
            String[] parts = pair.split("=", 2);
            query.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(parts.length < 2 ? "" : parts[1]);
        }
        event.put("multiValueQueryStringParameters", query);
        event.put("multiValueHeaders", request.headers());
        putBody(event, request);
        return event;
    }

    private Map<String, Object> payload2(GatewayRequest request) {
        Map<String, Object> event = new LinkedHashMap<>();
        String path = decodedByHttpApi(request.path());
        event.put("version", "2.0");
        event.put("routeKey", "$default");
        event.put("rawPath", path);
        event.put("rawQueryString", request.query());
        event.put("headers", request.joinedHeaders());
        Map<String, Object> context = context();
        Map<String, String> claims = claims(request);
        if (claims != null) {
            Map<String, Object> jwt = new LinkedHashMap<>();
            jwt.put("claims", claims);
            jwt.put("scopes", null);
            context.put("authorizer", Map.of("jwt", jwt));
        }
        context.put("http", Map.of("method", request.method(), "path", path, "protocol", "HTTP/1.1"));
        event.put("requestContext", context);
        putBody(event, request);
        return event;
    }

    private Map<String, Object> payload1(GatewayRequest request) {
        Map<String, Object> event = new LinkedHashMap<>();
        if (kind == ApiKind.HTTP_API_1_0) {
            event.put("version", "1.0");
        }
        event.put("resource", "/{proxy+}");
        event.put("path", kind == ApiKind.REST_API ? request.path() : decodedByHttpApi(request.path()));
        event.put("httpMethod", request.method());
        event.put("headers", request.joinedHeaders());
        event.put("multiValueHeaders", request.headers());
        Map<String, List<String>> query = new LinkedHashMap<>();
        UrlEncoding.decodeQuery(request.query())
                .forEach(each -> query.computeIfAbsent(each.name(), name -> new ArrayList<>())
                        .add(each.value()));
        event.put("multiValueQueryStringParameters", query.isEmpty() ? null : query);
        Map<String, Object> context = context();
        Map<String, String> claims = claims(request);
        if (claims != null) {
            context.put("authorizer", Map.of("claims", claims));
        }
        context.put("httpMethod", request.method());
        event.put("requestContext", context);
        putBody(event, request);
        return event;
    }

    private Map<String, Object> context() {
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("accountId", "123456789012");
        context.put("stage", kind == ApiKind.REST_API ? "prod" : "$default");
        context.put("requestId", UUID.randomUUID().toString());
        return context;
    }

    private @Nullable Map<String, String> claims(GatewayRequest request) {
        return authorizer == null
                ? null
                : authorizer.claims(request.joinedHeaders().get("authorization"));
    }

    /** Decodes the path and cuts it at the first question mark, as an HTTP API does. A REST API changes nothing. */
    private static String decodedByHttpApi(String path) {
        return UrlEncoding.decodePath(path).split("\\?", 2)[0];
    }

    private void putBody(Map<String, Object> event, GatewayRequest request) {
        byte[] body = request.body();
        event.put("isBase64Encoded", base64 && body.length > 0);
        if (body.length > 0) {
            event.put(
                    "body",
                    base64 ? Base64.getEncoder().encodeToString(body) : new String(body, StandardCharsets.UTF_8));
        }
    }
}
