package com.ecommerce.orders.order;

import com.ecommerce.orders.operation.OperationInput;
import com.ecommerce.orders.operation.ProblemException;
import java.util.Set;

/** The changes of an order that a client asks for. As JSON, the changes are a merge patch (RFC 7396). */
public interface OrderPatch extends OperationInput {

    /** The fields that decide the price of an order. They can't be changed after the order is confirmed. */
    Set<String> PRICE_FIELDS = Set.of("items", "discounts", "shipping");

    /** Returns the fields that the patch names, whether or not their values differ. */
    Set<String> fields();

    /**
     * Returns the details after the patch.
     *
     * @throws ProblemException if the result breaks a rule
     */
    OrderDetails applyTo(OrderDetails details);
}
