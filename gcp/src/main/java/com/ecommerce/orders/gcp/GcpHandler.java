package com.ecommerce.orders.gcp;

import com.ecommerce.orders.http.ApiResponse;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Function;
import org.springframework.cloud.function.adapter.gcp.FunctionInvoker;
import org.springframework.cloud.function.context.catalog.SimpleFunctionRegistry.FunctionInvocationWrapper;

/**
 * The function that receives every HTTP request on Google Cloud and writes the response. Spring starts with the instance,
 * before the first request.
 */
public final class GcpHandler extends FunctionInvoker {

    private final Function<HttpRequest, ApiResponse> function;

    /** Starts Spring. Google's invoker calls this constructor. */
    @SuppressWarnings("unchecked")
    public GcpHandler() {
        super(GcpApplication.class);
        FunctionInvocationWrapper wrapper = catalog.lookup(Function.class, GcpConfiguration.FUNCTION);
        // The wrapper is skipped, because it would add message headers to the response.
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
            // Without the length, version 1 of the invoker would send the body in chunks.
            response.appendHeader("Content-Length", Integer.toString(apiResponse.body().length));
            out.write(apiResponse.body());
        } else {
            // Otherwise version 2 of the invoker would send Content-Length: 0 with HEAD and 304.
            out.flush();
        }
    }
}
