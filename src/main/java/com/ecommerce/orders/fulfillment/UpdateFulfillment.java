package com.ecommerce.orders.fulfillment;

import com.ecommerce.orders.operation.ETagCondition;
import com.ecommerce.orders.operation.EntryDocument;
import com.ecommerce.orders.operation.Ledger;
import com.ecommerce.orders.operation.LedgerProblem;
import com.ecommerce.orders.operation.OrderProblem;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.operation.ProblemException;
import com.ecommerce.orders.operation.RequestProblem;
import com.ecommerce.orders.operation.View;
import com.ecommerce.orders.order.LedgerWrite;
import com.ecommerce.orders.order.LedgerWrites;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Changes the details of a fulfillment: reads it, applies the patch, and writes it if its order has not changed since the
 * read. Otherwise tries again, unless {@code If-Match} excludes the new version of the order.
 */
public final class UpdateFulfillment implements Function<OrderRequest, OrderResponse> {

    private static final int MAX_ATTEMPTS = 5;
    private static final ETagCondition MATCHES_NO_VERSION = new ETagCondition(false, Set.of());

    private final Fulfillments fulfillments;
    private final LedgerWrites writes;

    /** Creates the function for the ledger {@code fulfillments}. */
    public UpdateFulfillment(Fulfillments fulfillments, LedgerWrites writes) {
        this.fulfillments = fulfillments;
        this.writes = writes;
    }

    @Override
    public OrderResponse apply(OrderRequest request) {
        FulfillmentPatch patch = request.input(FulfillmentPatch.class);
        return writes.run(request, write -> {
            for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
                OrderResponse response = attempt(patch, write);
                if (!isWorthAnotherAttempt(response, write.ifMatch())) {
                    return response;
                }
            }
            return new RequestProblem.Conflict();
        });
    }

    private OrderResponse attempt(FulfillmentPatch patch, LedgerWrite write) {
        Optional<EntryDocument> found = fulfillments.findWithOrderVersion(write);
        if (found.isEmpty()) {
            return new LedgerProblem.EntryNotFound(Ledger.FULFILLMENTS, write.entryId());
        }
        EntryDocument fulfillment = found.get();
        try {
            return fulfillments.update(patch.applyTo(fulfillment), ifUnchangedSince(write, fulfillment));
        } catch (ProblemException refused) {
            return replayOr(refused.problem(), write);
        }
    }

    /** Returns the write for the version of the order that was read. {@code If-Match} may exclude this version. */
    private static LedgerWrite ifUnchangedSince(LedgerWrite write, EntryDocument fulfillment) {
        int version = Objects.requireNonNull(fulfillment.orderVersion());
        ETagCondition ifMatch = write.ifMatch();
        return write.withIfMatch(
                ifMatch == null || ifMatch.includes(version)
                        ? new ETagCondition(false, Set.of(version))
                        : MATCHES_NO_VERSION);
    }

    /** Returns the stored response if the key has one: the fulfillment may have changed since the first request. */
    private OrderResponse replayOr(Problem refusal, LedgerWrite write) {
        if (write.key() == null) {
            return refusal;
        }
        OrderResponse response = fulfillments.update(FulfillmentDetails.NONE, write.withIfMatch(MATCHES_NO_VERSION));
        return response instanceof View ? response : refusal;
    }

    private static boolean isWorthAnotherAttempt(OrderResponse response, @Nullable ETagCondition ifMatch) {
        return response instanceof OrderProblem.StaleVersion stale
                && (ifMatch == null || ifMatch.includes(stale.current()));
    }
}
