package com.ecommerce.orders.aws;

import com.ecommerce.orders.http.ApiResponse;
import com.ecommerce.orders.json.Json;
import java.util.Base64;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/**
 * Writes a response as API Gateway and load balancers read it.
 *
 * @param decodesBase64 whether the receiver makes bytes of base64; a response that its escapes would make too large goes as
 *     base64 then, which takes a third more and never doubles
 * @param multiValueHeaders whether the receiver reads each header as a list of values, and ignores single ones
 */
record AwsResponseMapper(boolean decodesBase64, boolean multiValueHeaders) {

    /** The largest answer of a Lambda function. */
    static final int MAX_BYTES = 6 * 1024 * 1024;

    static final AwsResponseMapper TO_HTTP_API = new AwsResponseMapper(true, false);

    static AwsResponseMapper to(AwsRequestMapper event) {
        return new AwsResponseMapper(event.decodesBase64(), event.wantsMultiValueHeaders());
    }

    byte[] write(ApiResponse response) {
        byte[] text = Json.write(response, this::writeText);
        return text.length > MAX_BYTES && decodesBase64 ? Json.write(response, this::writeBase64) : text;
    }

    private void writeText(JsonGenerator json, ApiResponse response) {
        writeHead(json, response);
        // The body is UTF-8 already, as the answer will be.
        json.writeUTF8String(response.body(), 0, response.body().length);
        json.writeBooleanProperty("isBase64Encoded", false);
        json.writeEndObject();
    }

    private void writeBase64(JsonGenerator json, ApiResponse response) {
        writeHead(json, response);
        json.writeString(Base64.getEncoder().encodeToString(response.body()));
        json.writeBooleanProperty("isBase64Encoded", true);
        json.writeEndObject();
    }

    private void writeHead(JsonGenerator json, ApiResponse response) {
        json.writeStartObject();
        json.writeNumberProperty("statusCode", response.status());
        json.writeObjectPropertyStart(multiValueHeaders ? "multiValueHeaders" : "headers");
        for (Map.Entry<String, String> header : response.headers().entrySet()) {
            json.writeName(header.getKey());
            if (multiValueHeaders) {
                json.writeStartArray().writeString(header.getValue()).writeEndArray();
            } else {
                json.writeString(header.getValue());
            }
        }
        json.writeEndObject();
        json.writeName("body");
    }
}
