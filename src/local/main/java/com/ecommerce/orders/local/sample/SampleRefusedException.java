package com.ecommerce.orders.local.sample;

import com.ecommerce.orders.http.ApiResponse;
import java.nio.charset.StandardCharsets;

/** The API has refused a request of a sample order. The orders that were made before remain. */
public final class SampleRefusedException extends RuntimeException {

    private final transient ApiResponse response;

    SampleRefusedException(String path, ApiResponse response) {
        super("POST " + path + " has the status " + response.status() + ". The response is "
                + new String(response.body(), StandardCharsets.UTF_8));
        this.response = response;
    }

    /** Returns the problem document of the API. */
    public ApiResponse response() {
        return response;
    }
}
