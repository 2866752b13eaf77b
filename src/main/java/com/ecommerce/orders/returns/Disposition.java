package com.ecommerce.orders.returns;

/** The decision about units that have come back. */
public enum Disposition {
    /** The goods can be sold again. */
    RESTOCK,
    /** The goods can't be sold again. */
    DISCARD
}
