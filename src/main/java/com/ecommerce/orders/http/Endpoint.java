package com.ecommerce.orders.http;

import com.ecommerce.orders.identity.Caller;
import java.util.Map;

/** The handler of a route. */
public sealed interface Endpoint {

    /** An endpoint that needs no credential. */
    non-sealed interface Open extends Endpoint {

        /** @param pathVariables the values of the route's variables in the path, by their names */
        ApiResponse handle(ApiRequest request, Map<String, String> pathVariables);
    }

    /** An endpoint for callers whose credential was verified. */
    non-sealed interface Secured extends Endpoint {

        /** @param pathVariables the values of the route's variables in the path, by their names */
        ApiResponse handle(ApiRequest request, Map<String, String> pathVariables, Caller caller);
    }
}
