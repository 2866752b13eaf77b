package com.ecommerce.orders.gcp;

import com.ecommerce.orders.http.ApiResponse;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Function;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.cloud.function.adapter.gcp.FunctionInvoker;
import org.springframework.cloud.function.context.catalog.SimpleFunctionRegistry.FunctionInvocationWrapper;

/**
 * Receives every HTTP request on Google Cloud and writes the response. Spring starts with the instance, before the
 * first request.
 */
public final class GcpHandler extends FunctionInvoker {

    private final Function<HttpRequest, ApiResponse> function;

    /** For Google's invoker, which names the class. */
    @SuppressWarnings("unchecked")
    public GcpHandler() {
        super(application());
        FunctionInvocationWrapper wrapper = catalog.lookup(Function.class, "invokerFunction");
        // The wrapper is for messages and would add their headers to the response.
        this.function = (Function<HttpRequest, ApiResponse>) wrapper.getTarget();
    }

    @Override
    public void service(HttpRequest request, HttpResponse response) throws IOException {
        write(function.apply(request), response);
    }

    private static void write(ApiResponse apiResponse, HttpResponse response) throws IOException {
        response.setStatusCode(apiResponse.status());
        apiResponse.headers().forEach(response::appendHeader);
        OutputStream out = response.getOutputStream();
        if (apiResponse.body().length > 0) {
            // Version 1 would send it in chunks.
            response.appendHeader("Content-Length", Integer.toString(apiResponse.body().length));
            out.write(apiResponse.body());
        } else {
            // Version 2 would say of HEAD and 304 that what is not sent has Content-Length: 0.
            out.flush();
        }
    }

    /** Keeps the logger still until Boot gives it our format: the log has one JSON object a line. */
    private static Class<?> application() {
        LoggingSystem.get(GcpHandler.class.getClassLoader()).beforeInitialize();
        return GcpApplication.class;
    }
}
