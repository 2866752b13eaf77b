package com.ecommerce.orders.fulfillment;

import com.ecommerce.orders.operation.LedgerProblem;
import com.ecommerce.orders.operation.Problem;

/** A rule about the status of an order or of a fulfillment. A write is refused if it breaks such a rule. */
public enum FulfillmentRule {
    /** Only a confirmed order can be fulfilled or partly canceled. */
    ORDER_IS_CONFIRMED("The order is %s. Goods of an order leave, and items are canceled, only while it is CONFIRMED."),
    /** Only a fulfillment on its way can be delivered or canceled. */
    IS_SHIPPED("The fulfillment is %s. Only a fulfillment that is SHIPPED can be delivered or canceled."),
    /** Units that are returned or on their way back stay fulfilled. */
    IS_NOT_RETURNED(
            "Units of the fulfillment's lines are returned or on their way back, and no other fulfillment has them."
                    + " Cancel or close the open returns. Units that were received must stay fulfilled.");

    private final String text;

    FulfillmentRule(String text) {
        this.text = text;
    }

    /**
     * Returns the problem of a write that breaks this rule.
     *
     * @param status the status of the order or of the fulfillment
     */
    public Problem broken(String status) {
        return new LedgerProblem.InvalidLedgerWrite(String.format(text, status));
    }

    /** Returns the problem of a write that breaks this rule. The text of the rule names no status. */
    public Problem broken() {
        return new LedgerProblem.InvalidLedgerWrite(text);
    }
}
