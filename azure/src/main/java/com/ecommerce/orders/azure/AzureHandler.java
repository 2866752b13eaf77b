package com.ecommerce.orders.azure;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.ApiResponse;
import com.ecommerce.orders.http.ServerProblems;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatusType;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only function of the app. It handles every path and method. Azure would choose between several functions by the
 * alphabet and respond with 404 to methods that no function declares.
 */
public final class AzureHandler {

    private static final Logger LOG = LoggerFactory.getLogger(AzureHandler.class);

    private final Supplier<? extends Function<ApiRequest, ApiResponse>> orderApi;
    private final AppServiceAuthentication easyAuth;

    /** @param orderApi supplies the API; may fail, and then the next request asks again */
    AzureHandler(Supplier<? extends Function<ApiRequest, ApiResponse>> orderApi, AppServiceAuthentication easyAuth) {
        this.orderApi = orderApi;
        this.easyAuth = easyAuth;
    }

    /**
     * Handles one request. Throws no exception, because the platform would then respond without a body.
     *
     * @throws VirtualMachineError because the process may be broken; the worker reports the invocation as failed, and
     *     -XX:+ExitOnOutOfMemoryError ends the process
     */
    @FunctionName("orders")
    public HttpResponseMessage handle(
            @HttpTrigger(
                            name = "request",
                            route = "{*path}",
                            methods = {
                                HttpMethod.GET,
                                HttpMethod.HEAD,
                                HttpMethod.POST,
                                HttpMethod.PUT,
                                HttpMethod.DELETE,
                                HttpMethod.CONNECT,
                                HttpMethod.OPTIONS,
                                HttpMethod.TRACE,
                                HttpMethod.PATCH
                            },
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request) {
        return toMessage(respond(request), request);
    }

    private ApiResponse respond(HttpRequestMessage<Optional<String>> request) {
        String path = "/";
        try {
            ApiRequest apiRequest = AzureRequestMapper.read(request, easyAuth);
            path = apiRequest.path();
            return orderApi.get().apply(apiRequest);
        } catch (Throwable e) {
            String requestId = UUID.randomUUID().toString();
            StartFailure.log(LOG, requestId, e);
            if (e instanceof VirtualMachineError broken) {
                throw broken;
            }
            return ServerProblems.response(500, path, requestId);
        }
    }

    /**
     * Returns a message whose body is always bytes. The platform would add a charset to a text and its own body to a message
     * without one. The platform fails for a header with the value null.
     */
    private static HttpResponseMessage toMessage(ApiResponse response, HttpRequestMessage<?> request) {
        HttpResponseMessage.Builder message = request.createResponseBuilder(HttpStatusType.custom(response.status()));
        response.headers().forEach((name, value) -> {
            if (value != null) {
                message.header(name, value);
            }
        });
        return message.body(response.body()).build();
    }
}
