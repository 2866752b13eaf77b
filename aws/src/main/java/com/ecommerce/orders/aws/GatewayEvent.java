package com.ecommerce.orders.aws;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.Parameter;
import com.ecommerce.orders.http.UrlEncoding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request as API Gateway puts it: an HTTP API by payload 2.0 or 1.0, or a REST API, whose payload 1.0 has no
 * {@code version}.
 */
record GatewayEvent(JsonNode event) {

    /** Not UTF-8, so it is refused as any body is that got garbled on its way. */
    private static final byte[] GARBLED = {(byte) 0xFF};

    private static final String DEFAULT_STAGE = "$default";

    static boolean isHttp(JsonNode event) {
        return event.path("requestContext").isObject() && (isPayload1(event) || isPayload2(event));
    }

    private static boolean isPayload1(JsonNode event) {
        return isText(event.path("path")) && isText(event.path("httpMethod"));
    }

    private static boolean isPayload2(JsonNode event) {
        return isText(event.path("rawPath")) && isText(event.at("/requestContext/http/method"));
    }

    ApiRequest toApiRequest() {
        return new ApiRequest(method(), path(), query(), headers(), body(), AuthorizerClaims.of(context()));
    }

    /** The only kind that decodes the path, and that turns base64 of ours into bytes without being told to. */
    boolean isOfHttpApi() {
        return isText(event.path("version"));
    }

    private boolean isPayload2() {
        return !isPayload1(event);
    }

    private JsonNode context() {
        return event.path("requestContext");
    }

    private String method() {
        JsonNode method = isPayload2() ? context().path("http").path("method") : event.path("httpMethod");
        return method.stringValue();
    }

    /** Decoded exactly once: HTTP APIs have done it, REST APIs have not. Only HTTP APIs leave the stage's name in. */
    private String path() {
        String path = event.path(isPayload2() ? "rawPath" : "path").stringValue();
        if (!isOfHttpApi()) {
            return UrlEncoding.decodePath(path);
        }
        String stage = "/" + context().path("stage").stringValue(DEFAULT_STAGE);
        return path.startsWith(stage + "/") ? path.substring(stage.length()) : path;
    }

    private List<Parameter> query() {
        if (isPayload2()) {
            return UrlEncoding.decodeQuery(event.path("rawQueryString").stringValue(""));
        }
        List<Parameter> parameters = new ArrayList<>();
        event.path("multiValueQueryStringParameters").properties().forEach(each -> each.getValue()
                .forEach(value -> parameters.add(new Parameter(each.getKey(), value.asString("")))));
        return parameters;
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        event.path("headers").properties().forEach(each -> put(headers, each));
        event.path("multiValueHeaders").properties().forEach(each -> put(headers, each));
        if (isText(context().path("requestId"))) {
            headers.putIfAbsent("x-request-id", context().path("requestId").stringValue());
        }
        return headers;
    }

    private static void put(Map<String, String> headers, Map.Entry<String, JsonNode> header) {
        JsonNode value = header.getValue();
        if (!value.isNull()) {
            String text = value.isArray()
                    ? value.valueStream().map(each -> each.asString("")).collect(Collectors.joining(", "))
                    : value.asString("");
            headers.put(header.getKey().toLowerCase(Locale.ROOT), text);
        }
    }

    private byte[] body() {
        String body = event.path("body").stringValue("");
        if (!event.path("isBase64Encoded").asBoolean(false)) {
            return body.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(body);
        } catch (IllegalArgumentException malformed) {
            return GARBLED.clone();
        }
    }

    private static boolean isText(@Nullable JsonNode node) {
        return node != null && node.isString();
    }
}
