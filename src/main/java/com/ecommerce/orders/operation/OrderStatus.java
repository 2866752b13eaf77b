package com.ecommerce.orders.operation;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The status of an order. {@code COMPLETED} and {@code CANCELLED} are final. */
public enum OrderStatus {
    PLACED(Action.UPDATE, Action.CONFIRM, Action.CANCEL),
    CONFIRMED(Action.UPDATE, Action.COMPLETE, Action.CANCEL),
    COMPLETED,
    CANCELLED;

    private final Set<Action> allowedActions;

    OrderStatus(Action... allowed) {
        EnumSet<Action> actions = EnumSet.noneOf(Action.class);
        actions.addAll(Arrays.asList(allowed));
        this.allowedActions = Collections.unmodifiableSet(actions);
    }

    /** Returns the actions that the status allows, in the order of {@link Action}. */
    public Set<Action> allowedActions() {
        return allowedActions;
    }
}
