package com.ecommerce.orders.order;

import com.ecommerce.orders.identity.Caller;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one input of every order function.
 *
 * @param orderId which order; {@code null} for {@code createOrder} and {@code listOrders}
 * @param command what to do; {@code null} for reads
 * @param idempotencyKey makes a mutation safe to send again, {@code null} if the client gave none
 * @param dryRun run a mutation whole and keep nothing of it
 */
public record OrderRequest(
        Caller caller,
        @Nullable OrderId orderId,
        @Nullable OrderCommand command,
        OrderQuery query,
        Precondition precondition,
        @Nullable IdempotencyKey idempotencyKey,
        boolean dryRun) {

    /** A dry run leaves nothing behind, so there is nothing to replay and its key is dropped. */
    public OrderRequest {
        idempotencyKey = dryRun ? null : idempotencyKey;
    }

    OrderId requiredOrderId() {
        return Objects.requireNonNull(orderId, "This function needs an orderId");
    }

    <C extends OrderCommand> C command(Class<C> type) {
        return type.cast(Objects.requireNonNull(command, "This function needs a command"));
    }
}
