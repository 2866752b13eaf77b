package com.ecommerce.orders.http;

import org.jspecify.annotations.Nullable;

/** Is told of every request: what measures and traces them. Must not throw. */
public interface RequestObserver {

    /** Looks away. */
    RequestObserver NOBODY = request -> (route, response) -> {};

    /** Called before anything else happens to the request, on its thread. */
    Observation begin(ApiRequest request);

    /** One request under observation. */
    interface Observation {

        /**
         * Called once, on the same thread, when the request is answered.
         *
         * @param route what was asked for, as it is published ({@code /orders/{orderId}}); {@code null} if there is no such route
         */
        void answered(@Nullable String route, ApiResponse response);
    }
}
