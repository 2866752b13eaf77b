package com.ecommerce.orders.order;

import org.jspecify.annotations.Nullable;

/** What a mutation is asked to do. */
public sealed interface OrderCommand {

    /**
     * Place an order.
     *
     * @param expectedTotal what the client takes the grand total to be, {@code null} if it doesn't say
     */
    record CreateOrder(OrderDetails draft, @Nullable Money expectedTotal) implements OrderCommand {}

    /** Change what the client set. */
    record UpdateOrder(OrderPatch patch) implements OrderCommand {}

    /** Accept the order. */
    record ConfirmOrder() implements OrderCommand {}

    /** Close the order as fulfilled. */
    record CompleteOrder() implements OrderCommand {}

    /** Call the order off. */
    record CancelOrder(@Nullable String reason) implements OrderCommand {}
}
