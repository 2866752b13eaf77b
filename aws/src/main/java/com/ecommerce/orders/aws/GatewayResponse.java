package com.ecommerce.orders.aws;

import com.ecommerce.orders.http.ApiResponse;
import com.ecommerce.orders.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.core.JsonGenerator;

/** Writes an answer as API Gateway takes it, by payload 2.0 and 1.0 alike. */
final class GatewayResponse {

    /** What Lambda lets a function answer. */
    static final int MAX_BYTES = 6 * 1024 * 1024;

    private GatewayResponse() {}

    /**
     * @param decodesBase64 whether the API makes bytes of base64; then an answer that its escapes would make too large
     *     goes that way, which takes a third more and never doubles
     */
    static byte[] write(ApiResponse response, boolean decodesBase64) {
        byte[] text = write(response, new String(response.body(), StandardCharsets.UTF_8), false);
        return text.length > MAX_BYTES && decodesBase64
                ? write(response, Base64.getEncoder().encodeToString(response.body()), true)
                : text;
    }

    private static byte[] write(ApiResponse response, String body, boolean base64) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeNumberProperty("statusCode", response.status());
            writeHeaders(json, response);
            json.writeStringProperty("body", body);
            json.writeBooleanProperty("isBase64Encoded", base64);
            json.writeEndObject();
        });
    }

    private static void writeHeaders(JsonGenerator json, ApiResponse response) {
        json.writeObjectPropertyStart("headers");
        response.headers().forEach(json::writeStringProperty);
        json.writeEndObject();
    }
}
