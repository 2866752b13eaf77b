package com.ecommerce.orders.order;

/** Port: how orders and their changes are written down. */
public interface OrderSerializer {

    /** The order as every answer shows it. */
    OrderDocument document(Order order);

    /** What a newly placed order was asked to be. */
    String changes(OrderDetails placed);

    /** The merge patch (RFC 7396) that turns {@code before} into {@code after}. */
    String changes(OrderDetails before, OrderDetails after);

    /** Returns an event as one JSON object in UTF-8. */
    byte[] event(OrderEvent event);

    /** The merge patch of a transition, with the reason of a cancellation. */
    String changes(Order transitioned);
}
