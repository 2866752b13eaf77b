package com.ecommerce.orders.http;

import com.ecommerce.orders.operation.Ledger;
import com.ecommerce.orders.operation.OrderId;
import java.util.UUID;

/** The paths of orders. */
final class Paths {

    static final String ORDERS = "/orders";

    private Paths() {}

    static String order(OrderId id) {
        return ORDERS + "/" + id;
    }

    static String entry(OrderId order, Ledger ledger, UUID id) {
        return order(order) + "/" + ledger.path() + "/" + id;
    }
}
