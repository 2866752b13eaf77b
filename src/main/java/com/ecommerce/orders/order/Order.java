package com.ecommerce.orders.order;

import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.pricing.Price;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An order: what its client set, what it costs, and where it is in its life. Immutable; each named transition answers
 * the order as it is afterwards, or refuses where the order's status does not allow it.
 *
 * @param version 1 when placed, one more with every change
 * @param cancelReason why it was cancelled, {@code null} where it was not or nobody said
 * @param createdBy the user who placed it
 * @param createdAt to the microsecond, as {@code updatedAt}
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
        Instant updatedAt) {

    static Order place(OrderId id, OrderDetails details, Caller caller, Instant now) {
        Price price = details.price();
        return new Order(id, 1, OrderStatus.PLACED, details, price, null, caller.userId(), caller.email(), now, now);
    }

    /**
     * This order with another content and what that costs; this very order if the content is the same.
     *
     * @param naming the fields that the client named, changed or not
     * @throws ProblemException if the order is final, or confirmed and {@code naming} holds what decides the price
     */
    Order update(OrderDetails changed, Price newPrice, Set<String> naming, Instant now) {
        if (!allowedActions().contains(Action.UPDATE)) {
            String reason = version == Integer.MAX_VALUE
                    ? "The order has the last version that an order can have"
                    : "A " + status + " order can't be changed any more";
            throw new ProblemException(new Problem.InvalidState(reason, allowedActions()));
        }
        if (status != OrderStatus.PLACED && naming.stream().anyMatch(OrderPatch.PRICE_FIELDS::contains)) {
            String reason = "items, discounts and shipping can't be changed once the order is " + status;
            throw new ProblemException(new Problem.InvalidState(reason, allowedActions()));
        }
        if (changed.equals(details)) {
            return this;
        }
        return new Order(
                id,
                version + 1,
                status,
                changed,
                newPrice,
                cancelReason,
                createdBy,
                createdByEmail,
                createdAt,
                at(now));
    }

    /** @throws ProblemException unless the order is placed */
    Order confirm(Instant now) {
        return become(OrderStatus.CONFIRMED, Action.CONFIRM, null, now);
    }

    /** @throws ProblemException unless the order is confirmed */
    Order complete(Instant now) {
        return become(OrderStatus.COMPLETED, Action.COMPLETE, null, now);
    }

    /** @throws ProblemException if the order is final */
    Order cancel(@Nullable String reason, Instant now) {
        return become(OrderStatus.CANCELLED, Action.CANCEL, reason, now);
    }

    /** Returns what may be done next. An order that has the last version there is, is final. */
    public Set<Action> allowedActions() {
        return version == Integer.MAX_VALUE ? Set.of() : status.allowedActions();
    }

    private Order become(OrderStatus next, Action action, @Nullable String reason, Instant now) {
        if (!allowedActions().contains(action)) {
            throw new ProblemException(new Problem.InvalidTransition(status, action, allowedActions()));
        }
        return new Order(id, version + 1, next, details, price, reason, createdBy, createdByEmail, createdAt, at(now));
    }

    /** Clocks of several machines disagree; an order's own time never runs backwards. */
    private Instant at(Instant now) {
        return now.isBefore(updatedAt) ? updatedAt : now;
    }
}
