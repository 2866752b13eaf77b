package com.ecommerce.orders.local;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.ApiResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.apache.catalina.connector.ClientAbortException;

/** The servlet that passes every request to the API or, for development paths, to the development endpoints. */
final class LocalHandler extends HttpServlet {

    private static final int PART_BYTES = 16 * 1024;
    private static final int SLOWEST_BYTES_PER_SECOND = 64 * 1024;

    private final transient Function<ApiRequest, ApiResponse> orderApi;
    private final transient Optional<DevEndpoints> devEndpoints;
    private final transient RequestMemory memory;
    private final transient Duration timeout;

    /** @param timeout how long a client may take to receive a response; each 64 KiB of the response adds a second */
    LocalHandler(
            Function<ApiRequest, ApiResponse> orderApi,
            Optional<DevEndpoints> devEndpoints,
            RequestMemory memory,
            Duration timeout) {
        this.orderApi = orderApi;
        this.devEndpoints = devEndpoints;
        this.memory = memory;
        this.timeout = timeout;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        long deadline = (Long) request.getAttribute(RequestTimeoutValve.DEADLINE);
        try (ServletRequestBody body = new ServletRequestBody(request, deadline, memory)) {
            ApiResponse apiResponse = handle(request, LocalRequestMapper.read(request, body));
            if (body.isLate()) {
                response.setHeader("Connection", "close");
            }
            if (!body.hasFailed()) {
                body.release(apiResponse.body().length);
                write(apiResponse, response);
            }
        }
    }

    private ApiResponse handle(HttpServletRequest request, ApiRequest apiRequest) {
        return devEndpoints
                .filter(dev -> dev.isOpenTo(request.getRemoteAddr(), request.getProtocol(), apiRequest))
                .map(dev -> dev.handle(apiRequest).orElseGet(() -> NextStep.addTo(orderApi.apply(apiRequest))))
                .orElseGet(() -> orderApi.apply(apiRequest));
    }

    private void write(ApiResponse apiResponse, HttpServletResponse response) throws IOException {
        response.setStatus(apiResponse.status());
        apiResponse.headers().forEach(response::setHeader);
        byte[] body = apiResponse.body();
        if (body.length > 0) {
            response.setContentLength(body.length);
            write(body, response.getOutputStream());
        }
    }

    /** Writes in parts, so that the method can stop when a client receives the response too slowly. */
    private void write(byte[] body, OutputStream out) throws IOException {
        long deadline = System.nanoTime()
                + timeout.plusSeconds(body.length / SLOWEST_BYTES_PER_SECOND).toNanos();
        for (int start = 0; start < body.length; start += PART_BYTES) {
            if (System.nanoTime() - deadline > 0) {
                throw new ClientAbortException("The client receives the response too slowly");
            }
            out.write(body, start, Math.min(PART_BYTES, body.length - start));
        }
    }
}
