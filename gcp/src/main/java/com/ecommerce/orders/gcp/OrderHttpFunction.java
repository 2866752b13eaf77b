package com.ecommerce.orders.gcp;

import com.ecommerce.orders.OrdersApplication;
import com.ecommerce.orders.http.ApiResponse;
import com.ecommerce.orders.http.OrderApi;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import java.io.IOException;
import java.util.function.Function;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.cloud.function.adapter.gcp.FunctionInvoker;
import org.springframework.cloud.function.context.catalog.SimpleFunctionRegistry.FunctionInvocationWrapper;

/**
 * The entry point of Google Cloud: hands every HTTP request to the function {@code orderApi}. Spring starts with the
 * instance, before the first request.
 */
public final class OrderHttpFunction extends FunctionInvoker {

    private final OrderApi orderApi;

    /** For Google's invoker, which names the class. */
    public OrderHttpFunction() {
        super(application());
        FunctionInvocationWrapper function = catalog.lookup(Function.class, "orderApi");
        // The function itself: its wrapper is for messages, and would copy their headers into the answer.
        this.orderApi = (OrderApi) function.getTarget();
    }

    @Override
    public void service(HttpRequest request, HttpResponse response) throws IOException {
        TraceContext.enter(request);
        try {
            write(orderApi.apply(RequestConversion.toApiRequest(request)), response);
        } finally {
            TraceContext.leave();
        }
    }

    private static void write(ApiResponse apiResponse, HttpResponse response) throws IOException {
        response.setStatusCode(apiResponse.status());
        apiResponse.headers().forEach(response::appendHeader);
        if (apiResponse.body().length > 0) {
            // Invoker 1.4.1 would send it in chunks.
            response.appendHeader("Content-Length", Integer.toString(apiResponse.body().length));
            response.getOutputStream().write(apiResponse.body());
        }
    }

    /** Keeps the logger still until Boot gives it our format: the log has one JSON object a line. */
    private static Class<?> application() {
        LoggingSystem.get(OrderHttpFunction.class.getClassLoader()).beforeInitialize();
        return OrdersApplication.class;
    }
}
