package com.ecommerce.orders.http;

import com.ecommerce.orders.identity.Caller;
import java.util.Map;

/** What answers a route. */
public sealed interface Endpoint {

    /** Answers anybody. */
    non-sealed interface Open extends Endpoint {

        ApiResponse handle(ApiRequest request);
    }

    /** Answers callers whose credential was verified. */
    non-sealed interface Secured extends Endpoint {

        /** @param pathVariables what stands in the path for the route's variables, by their names */
        ApiResponse handle(ApiRequest request, Map<String, String> pathVariables, Caller caller);
    }
}
