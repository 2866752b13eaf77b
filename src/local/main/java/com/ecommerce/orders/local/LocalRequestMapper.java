package com.ecommerce.orders.local;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.RequestBody;
import com.ecommerce.orders.http.UrlEncoding;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A mapper that reads a request of the embedded server as an {@link ApiRequest}. */
final class LocalRequestMapper {

    private LocalRequestMapper() {}

    /** Returns the request. Its body stays in the network until the API reads the body. */
    static ApiRequest read(HttpServletRequest request, RequestBody body) {
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
}
