package com.ecommerce.orders.http;

import java.util.Map;

/** Answers that the process lives, and asks nothing else. */
final class HealthEndpoint implements Endpoint.Open {

    @Override
    public ApiResponse handle(ApiRequest request, Map<String, String> pathVariables) {
        Parameters.refuseAll(request.query());
        return ApiResponse.json(200, ReadyEndpoint.UP);
    }
}
