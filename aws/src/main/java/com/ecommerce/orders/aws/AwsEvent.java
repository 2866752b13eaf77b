package com.ecommerce.orders.aws;

import com.ecommerce.orders.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;

/**
 * An event as AWS passes it to a function. An HTTP API sends payload 2.0 or 1.0, and a function URL sends payload 2.0. A
 * REST API sends payload 1.0 without {@code version}. The events of a load balancer look like those of a REST API. The
 * class reads an event token by token, because most of the event is not needed.
 */
final class AwsEvent {

    private static final String FUNCTION_URL = ".lambda-url.";

    private final List<String> names = new ArrayList<>();
    private final Map<String, String> headers = new HashMap<>();
    private final Map<String, List<String>> parameters = new LinkedHashMap<>();
    private @Nullable String version;
    private @Nullable String path;
    private @Nullable String rawPath;
    private @Nullable String httpMethod;
    private @Nullable String rawQuery;
    private @Nullable String body;
    private boolean isBase64;
    private boolean isGarbled;
    private boolean hasMultiValueHeaders;
    private boolean hasContext;
    private boolean isOfLoadBalancer;
    private boolean isOfFunctionUrl;
    private @Nullable String contextPath;
    private @Nullable String contextMethod;
    private @Nullable String contextRequestId;
    private @Nullable String stage;
    private @Nullable Map<String, Object> claims;

    private AwsEvent() {}

    /** @throws JacksonException if {@code event} is not one JSON value */
    static AwsEvent read(byte[] event) {
        AwsEvent read = new AwsEvent();
        try (JsonParser json = Json.parser(event)) {
            json.nextToken();
            JsonFields.forEach(json, read, AwsEvent::readField);
            if (json.nextToken() != null) {
                throw new StreamReadException(json, "More than one value");
            }
        }
        return read;
    }

    /** Returns the names of the event's fields. They describe an event that is not a request. */
    List<String> names() {
        return names;
    }

    boolean isHttp() {
        return hasContext && (isPayload1() || rawPath != null && contextMethod != null);
    }

    /** Tells whether the sender decodes base64 in a response. A REST API decodes it only if a setting says so. */
    boolean decodesBase64() {
        return version != null || isOfLoadBalancer;
    }

    /** Tells whether the sender is a load balancer that reads the response's headers as lists only. */
    boolean wantsMultiValueHeaders() {
        return isOfLoadBalancer && hasMultiValueHeaders;
    }

    boolean isPayload1() {
        return path != null && httpMethod != null;
    }

    /** Tells whether the sender has already decoded the path. Only an HTTP API does. */
    boolean hasDecodedPath() {
        return version != null && !isOfFunctionUrl;
    }

    /** Tells whether the sender puts the stage before the path. A REST API has the stage only in the path of the context. */
    boolean hasStageInPath() {
        return version != null;
    }

    boolean isOfLoadBalancer() {
        return isOfLoadBalancer;
    }

    String method() {
        return text(isPayload1() ? httpMethod : contextMethod);
    }

    String path() {
        return text(isPayload1() ? path : rawPath);
    }

    @Nullable
    String contextPath() {
        return contextPath;
    }

    @Nullable
    String stage() {
        return stage;
    }

    /** Returns the query as the client sent it. Only payload 2.0 has such a query. */
    @Nullable
    String rawQuery() {
        return isPayload1() ? null : rawQuery;
    }

    /** Returns the values of each parameter. Only a load balancer leaves them encoded. */
    Map<String, List<String>> parameters() {
        return parameters;
    }

    /** Returns the headers by their names in lower case. */
    Map<String, String> headers() {
        return headers;
    }

    @Nullable
    String requestId() {
        return contextRequestId;
    }

    /** Returns the body; {@code null} if the body is not a text. */
    @Nullable
    String body() {
        return isGarbled ? null : text(body);
    }

    boolean isBase64() {
        return isBase64;
    }

    /** Returns the claims that an authorizer has verified; {@code null} if there is no authorizer. */
    @Nullable
    Map<String, Object> claims() {
        return claims;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private void readField(String name, JsonParser json) {
        names.add(name);
        switch (name) {
            case "version" -> version = JsonFields.text(json);
            case "path" -> path = JsonFields.text(json);
            case "rawPath" -> rawPath = JsonFields.text(json);
            case "httpMethod" -> httpMethod = JsonFields.text(json);
            case "rawQueryString" -> rawQuery = JsonFields.text(json);
            case "body" -> readBody(json);
            case "isBase64Encoded" -> isBase64 = json.currentToken() == JsonToken.VALUE_TRUE;
            case "headers" -> JsonFields.forEach(json, this, AwsEvent::readHeader);
            case "multiValueHeaders" -> {
                hasMultiValueHeaders = json.currentToken() == JsonToken.START_OBJECT;
                JsonFields.forEach(json, this, AwsEvent::readHeaders);
            }
            case "queryStringParameters" -> JsonFields.forEach(json, this, AwsEvent::readParameter);
            case "multiValueQueryStringParameters" -> JsonFields.forEach(json, this, AwsEvent::readParameters);
            case "requestContext" -> {
                hasContext = json.currentToken() == JsonToken.START_OBJECT;
                JsonFields.forEach(json, this, AwsEvent::readContext);
            }
            default -> json.skipChildren();
        }
    }

    /** Reads the body, which must be a text. Any other value must not look like a request without a body. */
    private void readBody(JsonParser json) {
        JsonToken token = json.currentToken();
        isGarbled = token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NULL;
        body = JsonFields.text(json);
    }

    private void readContext(String name, JsonParser json) {
        switch (name) {
            case "path" -> contextPath = JsonFields.text(json);
            case "domainName" -> isOfFunctionUrl = text(JsonFields.text(json)).contains(FUNCTION_URL);
            case "elb" -> {
                isOfLoadBalancer = json.currentToken() == JsonToken.START_OBJECT;
                json.skipChildren();
            }
            case "stage" -> stage = JsonFields.text(json);
            case "requestId" -> contextRequestId = JsonFields.text(json);
            case "authorizer" -> claims = AwsGatewayClaims.read(json);
            case "http" -> JsonFields.forEach(json, this, AwsEvent::readHttp);
            default -> json.skipChildren();
        }
    }

    private void readHttp(String name, JsonParser json) {
        String value = JsonFields.text(json);
        if (name.equals("method")) {
            contextMethod = value;
        }
    }

    private void readHeader(String name, JsonParser json) {
        // A list of all values of the header has priority.
        headers.putIfAbsent(name.toLowerCase(Locale.ROOT), JsonFields.scalar(json));
    }

    private void readHeaders(String name, JsonParser json) {
        List<String> values = JsonFields.texts(json);
        if (!values.isEmpty()) {
            headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values));
        }
    }

    private void readParameter(String name, JsonParser json) {
        // A list of all values of the parameter has priority.
        parameters.putIfAbsent(name, List.of(JsonFields.scalar(json)));
    }

    private void readParameters(String name, JsonParser json) {
        List<String> values = JsonFields.texts(json);
        if (!values.isEmpty()) {
            parameters.put(name, values);
        }
    }
}
