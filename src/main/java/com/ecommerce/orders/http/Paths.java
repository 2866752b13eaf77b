package com.ecommerce.orders.http;

import com.ecommerce.orders.operation.OrderId;

/** The paths of orders. */
final class Paths {

    static final String ORDERS = "/orders";

    private Paths() {}

    static String order(OrderId id) {
        return ORDERS + "/" + id;
    }
}
