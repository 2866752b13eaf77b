package com.ecommerce.orders.aws;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.function.json.JsonMapper;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.MessageConverter;

/**
 * A replacement for the JSON mapper and the message converters of Spring Cloud Function. The function reads and writes
 * bytes, so nothing is converted, and hundreds of classes for conversion are never loaded.
 */
final class PassThroughJsonMapper extends JsonMapper implements MessageConverter {

    @Override
    protected <T> T doFromJson(Object json, Type type) {
        throw notBound();
    }

    /** Returns bytes unchanged. The default mapper would parse each response to check whether it is JSON. */
    @Override
    public byte[] toJson(Object value) {
        if (value instanceof byte[] response) {
            return response;
        }
        throw notBound();
    }

    @Override
    public String toString(Object value) {
        throw notBound();
    }

    @Override
    public Object fromMessage(Message<?> message, Class<?> target) {
        throw notBound();
    }

    @Override
    public Message<?> toMessage(Object payload, @Nullable MessageHeaders headers) {
        throw notBound();
    }

    private static UnsupportedOperationException notBound() {
        return new UnsupportedOperationException("The function apiGateway itself reads and writes JSON");
    }
}
