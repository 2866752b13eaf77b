package com.ecommerce.orders.local.sample;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.ApiResponse;
import com.ecommerce.orders.http.OrderApi;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that sends requests to an API in the same process. */
final class SampleApi {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final OrderApi api;
    private final Map<String, String> headers;

    SampleApi(OrderApi api, String token) {
        this.api = api;
        this.headers = Map.of("authorization", "Bearer " + token, "content-type", "application/json");
    }

    /**
     * Sends a POST and returns the body of the response.
     *
     * @throws SampleRefusedException if the response is a problem
     */
    JsonNode post(String path, Map<String, Object> body) {
        ApiResponse response =
                api.apply(new ApiRequest("POST", path, List.of(), headers, JSON.writeValueAsBytes(body)));
        if (response.status() >= 300) {
            throw new SampleRefusedException(path, response);
        }
        return JSON.readTree(response.body());
    }
}
