package com.ecommerce.orders.order;

import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.operation.Action;
import com.ecommerce.orders.operation.KeysetPosition;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrderProblem;
import com.ecommerce.orders.operation.OrderSort;
import com.ecommerce.orders.operation.OrderStatus;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.operation.ProblemException;
import com.ecommerce.orders.pricing.Price;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An order: the details that its client has set, its price and its status. Immutable. Each transition returns the
 * changed order, or throws a {@link ProblemException} if the order's status does not allow the transition.
 *
 * @param version 1 for a new order; each change adds 1
 * @param cancelReason the reason of the cancellation; {@code null} if no reason was given or the order is not canceled
 * @param createdBy the user who placed the order
 * @param createdAt to the microsecond, like {@code updatedAt}
 * @param units the units of each item that were canceled, fulfilled and returned; empty if there are none
 * @param ledgers {@code null} for a new or changed order: the storage derives the state when it stores the order
 */
public record Order(
        OrderId id,
        int version,
        OrderStatus status,
        OrderDetails details,
        Price price,
        @Nullable String cancelReason,
        String createdBy,
        @Nullable String createdByEmail,
        Instant createdAt,
        Instant updatedAt,
        List<LineCounters> units,
        @Nullable LedgerSummary ledgers) {

    public Order {
        units = List.copyOf(units);
    }

    /** Creates an order that is not stored yet. */
    public Order(
            OrderId id,
            int version,
            OrderStatus status,
            OrderDetails details,
            Price price,
            @Nullable String cancelReason,
            String createdBy,
            @Nullable String createdByEmail,
            Instant createdAt,
            Instant updatedAt) {
        this(
                id,
                version,
                status,
                details,
                price,
                cancelReason,
                createdBy,
                createdByEmail,
                createdAt,
                updatedAt,
                List.of(),
                null);
    }

    static Order place(OrderId id, OrderDetails details, Caller caller, Instant now) {
        Price price = details.price();
        return new Order(id, 1, OrderStatus.PLACED, details, price, null, caller.userId(), caller.email(), now, now);
    }

    /**
     * Returns this order with other details and another price. Returns {@code this} if the details are the same.
     *
     * @param naming the fields that the client sent, whether or not their values differ
     * @throws ProblemException if the order is final, or if it is confirmed and {@code naming} has a field of the price
     */
    Order update(OrderDetails changed, Price newPrice, Set<String> naming, Instant now) {
        checkUpdate(naming);
        if (changed.equals(details)) {
            return this;
        }
        return next(status, changed, newPrice, cancelReason, now);
    }

    private void checkUpdate(Set<String> naming) {
        if (!allowedActions().contains(Action.UPDATE)) {
            String reason = version == Integer.MAX_VALUE
                    ? "The order has reached the last possible version"
                    : "The order is " + status + " and can't be changed any more";
            throw new ProblemException(new OrderProblem.InvalidState(reason, allowedActions()));
        }
        if (status != OrderStatus.PLACED && naming.stream().anyMatch(OrderPatch.PRICE_FIELDS::contains)) {
            String reason = "The order is " + status + ": items, discounts and shipping can't be changed any more";
            throw new ProblemException(new OrderProblem.InvalidState(reason, allowedActions()));
        }
    }

    /** @throws ProblemException unless the status is {@code PLACED} */
    Order confirm(Instant now) {
        return become(OrderStatus.CONFIRMED, Action.CONFIRM, null, now);
    }

    /** @throws ProblemException unless the status is {@code CONFIRMED} */
    Order complete(Instant now) {
        return become(OrderStatus.COMPLETED, Action.COMPLETE, null, now);
    }

    /** @throws ProblemException if the order is final, or if it has a fulfillment that is not canceled */
    Order cancel(@Nullable String reason, Instant now) {
        return become(OrderStatus.CANCELLED, Action.CANCEL, reason, now);
    }

    /** Returns the actions that the order allows now. An order with the last possible version is final. */
    public Set<Action> allowedActions() {
        if (version == Integer.MAX_VALUE) {
            return Set.of();
        }
        return units.isEmpty() ? status.allowedActions() : allowedWithUnits();
    }

    private Set<Action> allowedWithUnits() {
        EnumSet<Action> allowed = EnumSet.noneOf(Action.class);
        allowed.addAll(status.allowedActions());
        // A fulfillment that is not canceled has units.
        if (units.stream().anyMatch(line -> line.fulfilled() > 0)) {
            allowed.remove(Action.CANCEL);
        }
        return allowed;
    }

    /** Returns the position of this order in a list with this sort. */
    public KeysetPosition positionIn(OrderSort sort) {
        return new KeysetPosition(sort.isByCreation() ? createdAt : updatedAt, id);
    }

    /** Returns this order as a write passes it to the storage. */
    public Order withoutLedgers() {
        return new Order(
                id,
                version,
                status,
                details,
                price,
                cancelReason,
                createdBy,
                createdByEmail,
                createdAt,
                updatedAt,
                units,
                null);
    }

    private Order become(OrderStatus target, Action action, @Nullable String reason, Instant now) {
        if (!allowedActions().contains(action)) {
            throw new ProblemException(refusal(action));
        }
        return next(target, details, price, reason, now);
    }

    /** Returns the reason why this order refuses {@code action}: its status, or its fulfillments. */
    private Problem refusal(Action action) {
        boolean allowedByStatus =
                version < Integer.MAX_VALUE && status.allowedActions().contains(action);
        return allowedByStatus
                ? new OrderProblem.OrderHasFulfillment(allowedActions())
                : new OrderProblem.InvalidTransition(status, action, allowedActions());
    }

    /** Returns the next version of this order, as a write passes it to the storage. */
    private Order next(
            OrderStatus nextStatus, OrderDetails nextDetails, Price nextPrice, @Nullable String reason, Instant now) {
        return new Order(
                id,
                version + 1,
                nextStatus,
                nextDetails,
                nextPrice,
                reason,
                createdBy,
                createdByEmail,
                createdAt,
                at(now),
                units,
                null);
    }

    /** Returns a time that is not before {@code updatedAt}: the clocks of several machines disagree. */
    private Instant at(Instant now) {
        return now.isBefore(updatedAt) ? updatedAt : now;
    }
}
