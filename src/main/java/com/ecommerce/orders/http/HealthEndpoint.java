package com.ecommerce.orders.http;

import java.util.Map;

/** The endpoint that tells that the process is alive. It does not check the database. */
final class HealthEndpoint implements Endpoint.Open {

    @Override
    public ApiResponse handle(ApiRequest request, Map<String, String> pathVariables) {
        Parameters.refuseAll(request.query());
        return ApiResponse.json(200, ReadyEndpoint.UP);
    }
}
