package com.ecommerce.orders.aws;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.ApiResponse;
import com.ecommerce.orders.http.BasePath;
import com.ecommerce.orders.http.ServerProblems;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import tools.jackson.core.JacksonException;

/**
 * The function that passes every event of API Gateway to the API. It reads and writes bytes. So Spring Cloud Function's
 * adapter does not parse the event, does not log it with token and body, and does not change the response. The result is a
 * {@code Message}. Otherwise the adapter would wrap the bytes in one and copy the request headers into it. The function
 * throws no exceptions.
 */
final class AwsHandler implements Function<InputStream, Message<byte[]>> {

    private static final Logger LOG = LoggerFactory.getLogger(AwsHandler.class);

    private final Function<ApiRequest, ApiResponse> orderApi;
    private final BasePath basePath;

    AwsHandler(Function<ApiRequest, ApiResponse> orderApi, BasePath basePath) {
        this.orderApi = orderApi;
        this.basePath = basePath;
    }

    @Override
    public Message<byte[]> apply(InputStream input) {
        return new BytesMessage(handle(input));
    }

    private byte[] handle(InputStream input) {
        try {
            AwsEvent event = AwsEvent.read(input.readAllBytes());
            return event.isHttp() ? respond(event) : refuse(event);
        } catch (JacksonException | IOException unreadable) {
            LOG.error("The event is not JSON. Only API Gateway may invoke this function");
            return AwsResponseMapper.TO_HTTP_API.write(problem(400));
        } catch (RuntimeException e) {
            LOG.error("An event could not be handled", e);
            return AwsResponseMapper.TO_HTTP_API.write(problem(500));
        }
    }

    private byte[] respond(AwsEvent event) {
        return AwsResponseMapper.to(event).write(orderApi.apply(AwsRequestMapper.toApiRequest(event, basePath)));
    }

    /** Logs only the names of the event's fields, because the values may be confidential. */
    private static byte[] refuse(AwsEvent event) {
        LOG.error("The event is not an HTTP request. Its fields are {}", event.names());
        return AwsResponseMapper.TO_HTTP_API.write(problem(400));
    }

    private static ApiResponse problem(int status) {
        return ServerProblems.response(status, "/", null);
    }

    private record BytesMessage(byte[] payload) implements Message<byte[]> {

        private static final MessageHeaders NONE = new MessageHeaders(null);

        @Override
        public byte[] getPayload() {
            return payload;
        }

        @Override
        public MessageHeaders getHeaders() {
            return NONE;
        }
    }
}
