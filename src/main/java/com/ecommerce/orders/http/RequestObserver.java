package com.ecommerce.orders.http;

import org.jspecify.annotations.Nullable;

/** Port: an observer of all requests, for metrics and traces. It must not throw. */
public interface RequestObserver {

    /** An observer that does nothing. */
    RequestObserver NONE = request -> (route, response) -> {};

    /** Starts the observation of a request. Called first, on the request's thread. */
    Observation begin(ApiRequest request);

    /** One request under observation. */
    interface Observation {

        /**
         * Ends the observation. Called once, on the same thread, when the response is ready.
         *
         * @param route the path template, such as {@code /orders/{orderId}}; {@code null} if no route matches
         */
        void answered(@Nullable String route, ApiResponse response);
    }
}
