package com.ecommerce.orders.order;

/**
 * One order.
 *
 * @param created whether the request placed it
 * @param replayed whether this is the stored answer of an earlier request with the same idempotency key
 * @param dryRun whether this is only what would have been
 */
public record OrderView(OrderDocument document, boolean created, boolean replayed, boolean dryRun)
        implements OrderResponse {

    @Override
    public <T> T fold(Cases<T> cases) {
        return cases.view(this);
    }
}
