package com.ecommerce.orders.operation;

/** An action on a placed order. Responses list the allowed actions in the order of these constants. */
public enum Action {
    UPDATE("update"),
    CONFIRM("confirm"),
    COMPLETE("complete"),
    CANCEL("cancel");

    private final String text;

    Action(String text) {
        this.text = text;
    }

    /** Returns the name of the action in responses. */
    public String text() {
        return text;
    }
}
