package com.ecommerce.orders.aws;

import com.ecommerce.orders.http.ApiResponse;
import com.ecommerce.orders.json.Json;
import java.util.Base64;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** An answer as API Gateway takes it, by payload 2.0 and 1.0 alike. */
final class GatewayResponse {

    /** What Lambda lets a function answer. */
    static final int MAX_BYTES = 6 * 1024 * 1024;

    private GatewayResponse() {}

    /**
     * @param decodesBase64 whether the API makes bytes of base64; then an answer that its escapes would make too large
     *     goes that way, which takes a third more and never doubles
     */
    static byte[] write(ApiResponse response, boolean decodesBase64) {
        byte[] text = Json.write(response, GatewayResponse::writeText);
        return text.length > MAX_BYTES && decodesBase64 ? Json.write(response, GatewayResponse::writeBase64) : text;
    }

    private static void writeText(JsonGenerator json, ApiResponse response) {
        writeHead(json, response);
        // The body is UTF-8 already, as the answer will be.
        json.writeUTF8String(response.body(), 0, response.body().length);
        json.writeBooleanProperty("isBase64Encoded", false);
        json.writeEndObject();
    }

    private static void writeBase64(JsonGenerator json, ApiResponse response) {
        writeHead(json, response);
        json.writeString(Base64.getEncoder().encodeToString(response.body()));
        json.writeBooleanProperty("isBase64Encoded", true);
        json.writeEndObject();
    }

    private static void writeHead(JsonGenerator json, ApiResponse response) {
        json.writeStartObject();
        json.writeNumberProperty("statusCode", response.status());
        json.writeObjectPropertyStart("headers");
        for (Map.Entry<String, String> header : response.headers().entrySet()) {
            json.writeStringProperty(header.getKey(), header.getValue());
        }
        json.writeEndObject();
        json.writeName("body");
    }
}
