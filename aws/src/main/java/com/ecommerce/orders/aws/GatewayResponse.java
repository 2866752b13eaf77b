package com.ecommerce.orders.aws;

import com.ecommerce.orders.http.ApiResponse;
import com.ecommerce.orders.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** An answer as API Gateway takes it, by payload 2.0 and 1.0 alike. */
record GatewayResponse(ApiResponse response, String body, boolean isBase64) {

    /** What Lambda lets a function answer. */
    static final int MAX_BYTES = 6 * 1024 * 1024;

    /**
     * @param decodesBase64 whether the API makes bytes of base64; then an answer that its escapes would make too large
     *     goes that way, which takes a third more and never doubles
     */
    static byte[] write(ApiResponse response, boolean decodesBase64) {
        byte[] text = new GatewayResponse(response, new String(response.body(), StandardCharsets.UTF_8), false).write();
        return text.length > MAX_BYTES && decodesBase64
                ? new GatewayResponse(response, Base64.getEncoder().encodeToString(response.body()), true).write()
                : text;
    }

    private byte[] write() {
        return Json.write(this, GatewayResponse::write);
    }

    private static void write(JsonGenerator json, GatewayResponse answer) {
        json.writeStartObject();
        json.writeNumberProperty("statusCode", answer.response.status());
        json.writeObjectPropertyStart("headers");
        for (Map.Entry<String, String> header : answer.response.headers().entrySet()) {
            json.writeStringProperty(header.getKey(), header.getValue());
        }
        json.writeEndObject();
        json.writeStringProperty("body", answer.body);
        json.writeBooleanProperty("isBase64Encoded", answer.isBase64);
        json.writeEndObject();
    }
}
