package com.ecommerce.orders.returns;

import com.ecommerce.orders.operation.LedgerProblem;
import com.ecommerce.orders.operation.Problem;

/** A rule about the status of an order or of a return. A write is refused if it breaks such a rule. */
public enum ReturnRule {
    /** Goods come back only after they have left. */
    ORDER_IS_CONFIRMED_OR_COMPLETED("The order is %s. Only an order that is CONFIRMED or COMPLETED can have a return."),
    /** Units come back while a return waits for units. */
    IS_OPEN("The return is %s. Units come back only while it is REQUESTED or PARTIALLY_RECEIVED. Create a new return."),
    /** A closed or canceled return can't be closed. */
    IS_NOT_ENDED("The return is %s. Only a return that is REQUESTED, PARTIALLY_RECEIVED or RECEIVED can be closed."),
    /** A return can be canceled before a unit has come back. */
    IS_REQUESTED(
            "The return is %s. Only a return that is REQUESTED can be canceled. A return that is PARTIALLY_RECEIVED or"
                    + " RECEIVED can be closed.");

    private final String text;

    ReturnRule(String text) {
        this.text = text;
    }

    /**
     * Returns the problem of a write that breaks this rule.
     *
     * @param status the status of the order or of the return
     */
    public Problem broken(String status) {
        return new LedgerProblem.InvalidLedgerWrite(String.format(text, status));
    }
}
