package com.ecommerce.orders.order;

import com.ecommerce.orders.operation.OrderDocument;

/** Port: writes orders and their changes as JSON. */
public interface OrderSerializer {

    /** Returns the order as all responses show it. An order that is not stored yet has no member {@code payment}. */
    OrderDocument document(Order order);

    /** Returns the details of a newly placed order as a merge patch (RFC 7396). */
    String changes(OrderDetails placed);

    /** Returns the merge patch (RFC 7396) that turns {@code before} into {@code after}. */
    String changes(OrderDetails before, OrderDetails after);

    /** Returns an event as one JSON object in UTF-8. */
    byte[] event(OrderEvent event);

    /** Returns the merge patch of a transition. The patch has the reason of a cancellation. */
    String changes(Order transitioned);
}
