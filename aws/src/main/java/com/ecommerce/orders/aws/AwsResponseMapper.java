package com.ecommerce.orders.aws;

import com.ecommerce.orders.http.ApiResponse;
import com.ecommerce.orders.json.Json;
import java.util.Base64;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/**
 * A mapper that writes a response as API Gateway and load balancers read it.
 *
 * @param decodesBase64 whether the receiver decodes base64; then a response whose escapes would make it too large is sent
 *     as base64, which needs only a third more space
 * @param multiValueHeaders whether the receiver reads each header as a list of values, and ignores single values
 */
record AwsResponseMapper(boolean decodesBase64, boolean multiValueHeaders) {

    /** The largest response of a Lambda function. */
    static final int MAX_BYTES = 6 * 1024 * 1024;

    static final AwsResponseMapper TO_HTTP_API = new AwsResponseMapper(true, false);

    static AwsResponseMapper to(AwsEvent event) {
        return new AwsResponseMapper(event.decodesBase64(), event.wantsMultiValueHeaders());
    }

    byte[] write(ApiResponse response) {
        byte[] text = Json.write(response, this::writeText);
        return text.length > MAX_BYTES && decodesBase64 ? Json.write(response, this::writeBase64) : text;
    }

    private void writeText(JsonGenerator json, ApiResponse response) {
        writeHead(json, response);
        // The body and the written JSON are both UTF-8.
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
            writeHeader(json, header.getKey(), header.getValue());
        }
        json.writeEndObject();
        json.writeName("body");
    }

    private void writeHeader(JsonGenerator json, String name, String value) {
        json.writeName(name);
        if (multiValueHeaders) {
            json.writeStartArray().writeString(value).writeEndArray();
        } else {
            json.writeString(value);
        }
    }
}
