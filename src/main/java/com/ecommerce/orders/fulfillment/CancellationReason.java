package com.ecommerce.orders.fulfillment;

/** The reason why items of an order are canceled. */
public enum CancellationReason {
    /** The customer no longer wants the items. */
    CUSTOMER,
    /** The items are not in stock. */
    INVENTORY,
    /** The order looks fraudulent. */
    FRAUD,
    /** The payment was declined. */
    DECLINED,
    /** The staff of the merchant made a mistake. */
    STAFF,
    OTHER
}
