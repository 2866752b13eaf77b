package com.ecommerce.orders.order;

/** The tenant has as many requests under way as it may have; another tenant's are not held up by it. */
public final class TenantBusyException extends RuntimeException {

    public TenantBusyException() {
        super("The tenant's share of the connections is in use", null, false, false);
    }
}
