package com.ecommerce.orders.http;

import com.ecommerce.orders.identity.Caller;

/** What answers a route. */
public sealed interface Endpoint {

    /** Answers anybody. */
    non-sealed interface Open extends Endpoint {

        ApiResponse handle(ApiRequest request);
    }

    /** Answers callers whose credential was verified. */
    non-sealed interface Secured extends Endpoint {

        /** @param variable what stands in the path for the route's variable; empty if it has none */
        ApiResponse handle(ApiRequest request, String variable, Caller caller);
    }
}
