package com.ecommerce.orders.operation;

/** The tenant already has the largest allowed number of requests at the same time. Other tenants are not affected. */
public final class TenantBusyException extends RuntimeException {

    public TenantBusyException() {
        super("The tenant uses its whole share of the connections", null, false, false);
    }
}
