package com.ecommerce.orders.local;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.ApiResponse;
import com.ecommerce.orders.http.RequestBody;
import com.ecommerce.orders.http.UrlEncoding;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Hands every request of the embedded server to the API, and those for the development issuer to it. */
final class LocalHandler extends HttpServlet {

    private static final Duration BODY_TIMEOUT = Duration.ofSeconds(20);

    private final transient Function<ApiRequest, ApiResponse> orderApi;
    private final transient Optional<DevEndpoints> devEndpoints;

    LocalHandler(Function<ApiRequest, ApiResponse> orderApi, Optional<DevEndpoints> devEndpoints) {
        this.orderApi = orderApi;
        this.devEndpoints = devEndpoints;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ServletRequestBody body = new ServletRequestBody(request, System.nanoTime() + BODY_TIMEOUT.toNanos());
        ApiRequest apiRequest = toApiRequest(request, body);
        ApiResponse apiResponse = devEndpoints
                .filter(dev -> dev.isOpenTo(request.getRemoteAddr(), request.getProtocol(), apiRequest))
                .flatMap(dev -> dev.handle(apiRequest))
                .orElseGet(() -> orderApi.apply(apiRequest));
        if (body.isLate()) {
            response.setHeader("Connection", "close");
        }
        if (!body.hasFailed()) {
            write(apiResponse, response);
        }
    }

    private static ApiRequest toApiRequest(HttpServletRequest request, RequestBody body) {
        Map<String, String> headers = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name.toLowerCase(Locale.ROOT), joined(request.getHeaders(name)));
        }
        return new ApiRequest(
                request.getMethod(),
                UrlEncoding.decodePath(request.getRequestURI()),
                UrlEncoding.decodeQuery(request.getQueryString()),
                headers,
                body,
                null);
    }

    private static String joined(Enumeration<String> values) {
        String first = values.nextElement();
        return values.hasMoreElements() ? first + ", " + String.join(", ", Collections.list(values)) : first;
    }

    private static void write(ApiResponse apiResponse, HttpServletResponse response) throws IOException {
        response.setStatus(apiResponse.status());
        apiResponse.headers().forEach(response::setHeader);
        if (apiResponse.body().length > 0) {
            response.setContentLength(apiResponse.body().length);
            response.getOutputStream().write(apiResponse.body());
        }
    }
}
