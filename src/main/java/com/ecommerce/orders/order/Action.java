package com.ecommerce.orders.order;

/** What may be done to an order after it was placed, in the order in which answers list them. */
public enum Action {
    UPDATE("update"),
    CONFIRM("confirm"),
    COMPLETE("complete"),
    CANCEL("cancel");

    private final String text;

    Action(String text) {
        this.text = text;
    }

    /** The action's name in answers. */
    public String text() {
        return text;
    }
}
