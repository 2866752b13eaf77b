package com.ecommerce.orders.http;

import com.ecommerce.orders.operation.OrderId;
import java.util.UUID;

/** The paths of orders. */
final class Paths {

    static final String ORDERS = "/orders";

    private Paths() {}

    static String order(OrderId id) {
        return ORDERS + "/" + id;
    }

    /** @param collection the last segment of the path of the order's list */
    static String entry(OrderId order, String collection, UUID id) {
        return order(order) + "/" + collection + "/" + id;
    }
}
