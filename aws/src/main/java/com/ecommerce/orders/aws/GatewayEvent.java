package com.ecommerce.orders.aws;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.Parameter;
import com.ecommerce.orders.http.UrlEncoding;
import com.ecommerce.orders.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;

/**
 * A request as API Gateway puts it: an HTTP API by payload 2.0 or 1.0, or a REST API, whose payload 1.0 has no
 * {@code version}. Read token by token, since most of an event nobody asks for.
 */
final class GatewayEvent {

    /** Not UTF-8, so it is refused as any body is that got garbled on its way. */
    private static final byte[] GARBLED = {(byte) 0xFF};

    private static final String DEFAULT_STAGE = "$default";
    private static final String REQUEST_ID = "x-request-id";

    private final List<String> names = new ArrayList<>();
    private final Map<String, String> headers = new HashMap<>();
    private final List<Parameter> parameters = new ArrayList<>();
    private @Nullable String version;
    private @Nullable String path;
    private @Nullable String rawPath;
    private @Nullable String httpMethod;
    private @Nullable String rawQuery;
    private @Nullable String body;
    private boolean isBase64;
    private boolean hasContext;
    private @Nullable String contextMethod;
    private @Nullable String contextRequestId;
    private @Nullable String stage;
    private @Nullable Map<String, Object> claims;

    private GatewayEvent() {}

    /** @throws JacksonException if {@code event} is not one JSON value */
    static GatewayEvent read(byte[] event) {
        GatewayEvent read = new GatewayEvent();
        try (JsonParser json = Json.parser(event)) {
            json.nextToken();
            JsonFields.forEach(json, read, GatewayEvent::readField);
            if (json.nextToken() != null) {
                throw new StreamReadException(json, "More than one value");
            }
        }
        return read;
    }

    /** The names of its fields, which tell what it is where it is no request. */
    List<String> names() {
        return names;
    }

    boolean isHttp() {
        return hasContext && (isPayload1() || rawPath != null && contextMethod != null);
    }

    /** The only kind that decodes the path, and that turns base64 of ours into bytes without being told to. */
    boolean isOfHttpApi() {
        return version != null;
    }

    /** Of an event that {@link #isHttp}. */
    ApiRequest toApiRequest() {
        boolean isPayload1 = isPayload1();
        return new ApiRequest(
                text(isPayload1 ? httpMethod : contextMethod),
                decodedPath(text(isPayload1 ? path : rawPath)),
                isPayload1 ? parameters : UrlEncoding.decodeQuery(rawQuery),
                headersWithId(),
                decodedBody(),
                claims);
    }

    private boolean isPayload1() {
        return path != null && httpMethod != null;
    }

    /** Decoded exactly once: HTTP APIs have done it, REST APIs have not. Only HTTP APIs leave the stage's name in. */
    private String decodedPath(String given) {
        if (!isOfHttpApi()) {
            return UrlEncoding.decodePath(given);
        }
        String prefix = "/" + (stage == null ? DEFAULT_STAGE : stage);
        return given.startsWith(prefix + "/") ? given.substring(prefix.length()) : given;
    }

    private Map<String, String> headersWithId() {
        if (contextRequestId != null) {
            headers.putIfAbsent(REQUEST_ID, contextRequestId);
        }
        return headers;
    }

    private byte[] decodedBody() {
        String given = text(body);
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
            case "body" -> body = JsonFields.text(json);
            case "isBase64Encoded" -> isBase64 = json.currentToken() == JsonToken.VALUE_TRUE;
            case "headers" -> JsonFields.forEach(json, this, GatewayEvent::readHeader);
            case "multiValueHeaders" -> JsonFields.forEach(json, this, GatewayEvent::readHeaders);
            case "multiValueQueryStringParameters" -> JsonFields.forEach(json, this, GatewayEvent::readParameters);
            case "requestContext" -> {
                hasContext = json.currentToken() == JsonToken.START_OBJECT;
                JsonFields.forEach(json, this, GatewayEvent::readContext);
            }
            default -> json.skipChildren();
        }
    }

    private void readContext(String name, JsonParser json) {
        switch (name) {
            case "stage" -> stage = JsonFields.text(json);
            case "requestId" -> contextRequestId = JsonFields.text(json);
            case "authorizer" -> claims = AuthorizerClaims.read(json);
            case "http" -> JsonFields.forEach(json, this, GatewayEvent::readHttp);
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
        String value = JsonFields.text(json);
        if (value != null) {
            // Where there are all of a header's values, they count.
            headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
        }
    }

    private void readHeaders(String name, JsonParser json) {
        List<String> values = JsonFields.texts(json);
        if (!values.isEmpty()) {
            headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values));
        }
    }

    private void readParameters(String name, JsonParser json) {
        for (String value : JsonFields.texts(json)) {
            parameters.add(new Parameter(name, value));
        }
    }
}
