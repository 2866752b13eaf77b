package com.ecommerce.orders.order;

import java.util.Set;

/** What a client wants changed about an order (a JSON merge patch, RFC 7396, where it comes as JSON). */
public interface OrderPatch extends OperationInput {

    /** The fields that decide what an order costs; fixed once it is confirmed. */
    Set<String> PRICE_FIELDS = Set.of("items", "discounts", "shipping");

    /** The fields that the patch names, whether or not their values differ. */
    Set<String> fields();

    /**
     * The details after the patch.
     *
     * @throws ProblemException if the result would break a rule
     */
    OrderDetails applyTo(OrderDetails details);
}
