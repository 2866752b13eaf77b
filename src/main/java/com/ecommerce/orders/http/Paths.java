package com.ecommerce.orders.http;

import com.ecommerce.orders.order.OrderId;

/** Where orders are found. */
final class Paths {

    static final String ORDERS = "/orders";

    private Paths() {}

    static String order(OrderId id) {
        return ORDERS + "/" + id;
    }
}
