package com.ecommerce.orders.aws;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.BasePath;
import com.ecommerce.orders.http.Parameter;
import com.ecommerce.orders.http.UrlEncoding;
import com.ecommerce.orders.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
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
 * A request as AWS passes it to a function. An HTTP API sends payload 2.0 or 1.0, and a function URL sends payload 2.0. A
 * REST API sends payload 1.0 without {@code version}. The events of a load balancer look like those of a REST API. The
 * class reads an event token by token, because most of the event is not needed.
 */
final class AwsRequestMapper {

    /** A stand-in for a body that can't be read. The bytes are not UTF-8, so the API refuses them. */
    private static final byte[] GARBLED = {(byte) 0xFF};

    private static final String DEFAULT_STAGE = "$default";
    private static final String FUNCTION_URL = ".lambda-url.";
    private static final String REQUEST_ID = "x-request-id";

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

    private AwsRequestMapper() {}

    /** @throws JacksonException if {@code event} is not one JSON value */
    static AwsRequestMapper read(byte[] event) {
        AwsRequestMapper read = new AwsRequestMapper();
        try (JsonParser json = Json.parser(event)) {
            json.nextToken();
            JsonFields.forEach(json, read, AwsRequestMapper::readField);
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

    /** Returns the request of an event that {@link #isHttp}. */
    ApiRequest toApiRequest(BasePath basePath) {
        return new ApiRequest(
                text(isPayload1() ? httpMethod : contextMethod),
                path(basePath),
                query(),
                headersWithId(),
                decodedBody(),
                claims);
    }

    private boolean isPayload1() {
        return path != null && httpMethod != null;
    }

    /** Returns the path as the client sent it, but without a stage that is not the base path. */
    private String path(BasePath basePath) {
        String given = text(isPayload1() ? path : rawPath);
        // A REST API has the stage only in the path of the context.
        boolean isWhole = contextPath == null || !contextPath.endsWith(given);
        String whole = decodedPath(isWhole ? given : text(contextPath));
        return basePath.contains(whole) ? whole : withoutStage(decodedPath(given));
    }

    /** Decodes the path exactly once. An HTTP API has already decoded it, other senders have not. */
    private String decodedPath(String given) {
        return version == null || isOfFunctionUrl ? UrlEncoding.decodePath(given) : given;
    }

    private String withoutStage(String whole) {
        String prefix = "/" + (stage == null ? DEFAULT_STAGE : stage);
        return version != null && whole.startsWith(prefix + "/") ? whole.substring(prefix.length()) : whole;
    }

    /** Returns the query. Only payload 2.0 has a raw query, and only a load balancer leaves single parameters encoded. */
    private List<Parameter> query() {
        if (rawQuery != null && !isPayload1()) {
            return UrlEncoding.decodeQuery(rawQuery);
        }
        List<Parameter> query = new ArrayList<>(parameters.size());
        parameters.forEach((name, values) -> {
            for (String value : values) {
                query.add(isOfLoadBalancer ? UrlEncoding.decodeParameter(name, value) : new Parameter(name, value));
            }
        });
        return query;
    }

    private Map<String, String> headersWithId() {
        if (contextRequestId != null) {
            headers.putIfAbsent(REQUEST_ID, contextRequestId);
        }
        return headers;
    }

    private byte[] decodedBody() {
        String given = text(body);
        if (isGarbled) {
            return GARBLED.clone();
        }
        if (!isBase64) {
            return given.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(given);
        } catch (IllegalArgumentException malformed) {
            return GARBLED.clone();
        }
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
            case "headers" -> JsonFields.forEach(json, this, AwsRequestMapper::readHeader);
            case "multiValueHeaders" -> {
                hasMultiValueHeaders = json.currentToken() == JsonToken.START_OBJECT;
                JsonFields.forEach(json, this, AwsRequestMapper::readHeaders);
            }
            case "queryStringParameters" -> JsonFields.forEach(json, this, AwsRequestMapper::readParameter);
            case "multiValueQueryStringParameters" -> JsonFields.forEach(json, this, AwsRequestMapper::readParameters);
            case "requestContext" -> {
                hasContext = json.currentToken() == JsonToken.START_OBJECT;
                JsonFields.forEach(json, this, AwsRequestMapper::readContext);
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
            case "http" -> JsonFields.forEach(json, this, AwsRequestMapper::readHttp);
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
