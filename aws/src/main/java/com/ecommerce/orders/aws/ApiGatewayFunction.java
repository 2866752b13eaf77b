package com.ecommerce.orders.aws;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.ApiResponse;
import com.ecommerce.orders.http.ServerProblems;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Hands every event of API Gateway to the API. Bytes in, bytes out: so Spring Cloud Function's adapter neither logs the
 * event, with its token and body, nor binds it, nor touches the answer. Never throws.
 */
final class ApiGatewayFunction implements Function<InputStream, byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(ApiGatewayFunction.class);

    private final Function<ApiRequest, ApiResponse> orderApi;

    ApiGatewayFunction(Function<ApiRequest, ApiResponse> orderApi) {
        this.orderApi = orderApi;
    }

    @Override
    public byte[] apply(InputStream input) {
        try {
            GatewayEvent event = GatewayEvent.read(input.readAllBytes());
            return event.isHttp() ? answer(event) : refuse(event);
        } catch (JacksonException | IOException unreadable) {
            LOG.error("An event that is not JSON; only API Gateway may invoke this function");
            return GatewayResponse.write(problem(400), true);
        } catch (RuntimeException e) {
            LOG.error("An event could not be handled", e);
            return GatewayResponse.write(problem(500), true);
        }
    }

    private byte[] answer(GatewayEvent event) {
        return GatewayResponse.write(orderApi.apply(event.toApiRequest()), event.isOfHttpApi());
    }

    /** Names the event's fields only: their values are not ours to log. */
    private static byte[] refuse(GatewayEvent event) {
        LOG.error("An event that is not an HTTP request, with {}", event.names());
        return GatewayResponse.write(problem(400), true);
    }

    private static ApiResponse problem(int status) {
        return ServerProblems.response(status, "/", null);
    }
}
