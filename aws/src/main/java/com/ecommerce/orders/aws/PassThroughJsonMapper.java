package com.ecommerce.orders.aws;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.function.json.JsonMapper;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.MessageConverter;

/**
 * In the place of Spring Cloud Function's own JSON mapper and converters of messages: our function takes bytes and gives
 * bytes, so nothing is ever bound, and the hundreds of classes that could do it stay where they are.
 */
final class PassThroughJsonMapper extends JsonMapper implements MessageConverter {

    @Override
    protected <T> T doFromJson(Object json, Type type) {
        throw notBound();
    }

    /** The stock one would parse each answer, to see whether it is JSON already. */
    @Override
    public byte[] toJson(Object value) {
        if (value instanceof byte[] answer) {
            return answer;
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
        return new UnsupportedOperationException("The function apiGateway reads and writes JSON by itself");
    }
}
