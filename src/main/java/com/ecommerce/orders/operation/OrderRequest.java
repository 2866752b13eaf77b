package com.ecommerce.orders.operation;

import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.identity.TenantId;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The input of every order function.
 *
 * @param orderId the order that the request is about; {@code null} if {@link Operation#needsOrderId} is false
 * @param entryId the entry of a ledger that the path names; {@code null} if the path names no entry
 * @param input the body of a mutation, or the query of a read with a type of query for itself; otherwise {@code null}
 * @param idempotencyKey makes a mutation safe to send again; {@code null} if the client gave no key
 * @param dryRun whether a mutation runs completely but stores nothing
 */
public record OrderRequest(
        Caller caller,
        @Nullable OrderId orderId,
        @Nullable UUID entryId,
        @Nullable OperationInput input,
        OrderQuery query,
        Precondition precondition,
        @Nullable IdempotencyKey idempotencyKey,
        boolean dryRun) {

    /** Drops the key of a dry run: a dry run stores no response that could be replayed. */
    public OrderRequest {
        idempotencyKey = dryRun ? null : idempotencyKey;
    }

    /** Returns the tenant whose orders the request may see. */
    public TenantId tenant() {
        return caller.tenant();
    }

    /** @throws NullPointerException if the request names no order */
    public OrderId requiredOrderId() {
        return Objects.requireNonNull(orderId, "This function needs an orderId");
    }

    /** @throws NullPointerException if the request names no entry of a ledger */
    public UUID requiredEntryId() {
        return Objects.requireNonNull(entryId, "This function needs the id of an entry");
    }

    /**
     * Returns the body as the operation declares it.
     *
     * @throws NullPointerException if the request has no body
     * @throws ClassCastException if the body is of another operation
     */
    public <I extends OperationInput> I input(Class<I> type) {
        return type.cast(Objects.requireNonNull(input, "This function needs an input"));
    }
}
