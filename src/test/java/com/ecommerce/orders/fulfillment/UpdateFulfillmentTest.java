package com.ecommerce.orders.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.operation.ETagCondition;
import com.ecommerce.orders.operation.EntryDocument;
import com.ecommerce.orders.operation.IdempotencyKey;
import com.ecommerce.orders.operation.Ledger;
import com.ecommerce.orders.operation.LedgerProblem;
import com.ecommerce.orders.operation.OrderProblem;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.ProblemException;
import com.ecommerce.orders.operation.RequestProblem;
import com.ecommerce.orders.operation.View;
import com.ecommerce.orders.operation.Violation;
import com.ecommerce.orders.order.FakeLedger;
import com.ecommerce.orders.order.LedgerRequests;
import com.ecommerce.orders.order.LedgerWrite;
import com.ecommerce.orders.order.LedgerWrites;
import com.ecommerce.orders.order.OneOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpdateFulfillmentTest {

    private static final FulfillmentDetails SENT =
            new FulfillmentDetails("DHL", null, null, "sent", null, null, Map.of());
    private static final Violation TOO_MANY = new Violation("/metadata", Violation.Code.TOO_MANY, "a test's");
    private static final FulfillmentPatch PATCH = fulfillment -> SENT;
    private static final FulfillmentPatch BAD_PATCH = fulfillment -> {
        throw new ProblemException(TOO_MANY);
    };

    private final FakeLedger ledger = new FakeLedger(Ledger.FULFILLMENTS, null);
    private final LedgerWrites writes = OneOrder.ledgerWrites();
    private final UUID id = new UUID(0, 7);
    private int otherChanges;

    /** Changes the order between the read and the write, as often as {@link #otherChanges} says. */
    private final Fulfillments fulfillments = new Fulfillments() {

        private final Fulfillments fake = new FakeFulfillments(ledger);

        @Override
        public OrderResponse update(FulfillmentDetails details, LedgerWrite write) {
            if (otherChanges > 0) {
                otherChanges--;
                ledger.changeOrder();
            }
            return fake.update(details, write);
        }

        @Override
        public Optional<EntryDocument> findWithOrderVersion(LedgerWrite write) {
            return fake.findWithOrderVersion(write);
        }

        @Override
        public OrderResponse create(NewFulfillment fulfillment, LedgerWrite write) {
            return fake.create(fulfillment, write);
        }

        @Override
        public OrderResponse deliver(LedgerWrite write) {
            return fake.deliver(write);
        }

        @Override
        public OrderResponse cancel(LedgerWrite write) {
            return fake.cancel(write);
        }

        @Override
        public OrderResponse cancelItems(ItemsCancellation cancellation, LedgerWrite write) {
            return fake.cancelItems(cancellation, write);
        }
    };

    @BeforeEach
    void create() {
        writes.run(
                LedgerRequests.of(id, null), write -> ledger.store(write, new byte[] {'{', '}'}, View.Result.CREATED));
    }

    @Test
    void writesTheDetailsAfterThePatch() {
        EntryDocument entry = LedgerRequests.entry(update(LedgerRequests.of(id, PATCH)));

        assertThat(entry.text()).isEqualTo("{\"carrier\":\"DHL\",\"trackingStatus\":\"sent\"}");
        assertThat(entry.orderVersion()).isEqualTo(3);
    }

    @Test
    void writesOnlyForTheVersionThatWasRead() {
        update(LedgerRequests.of(id, PATCH));

        assertThat(ledger.lastWrite().ifMatch()).isEqualTo(versions(2));
    }

    @Test
    void triesAgainAfterAnotherChangeOfTheOrder() {
        otherChanges = 4;

        assertThat(LedgerRequests.entry(update(LedgerRequests.of(id, PATCH))).orderVersion())
                .isEqualTo(7);
    }

    @Test
    void givesUpAfterFiveAttempts() {
        otherChanges = 5;

        assertThat(update(LedgerRequests.of(id, PATCH))).isEqualTo(new RequestProblem.Conflict());
    }

    @Test
    void findsNoUnknownFulfillment() {
        UUID other = new UUID(0, 8);

        assertThat(update(LedgerRequests.of(other, PATCH)))
                .isEqualTo(new LedgerProblem.EntryNotFound(Ledger.FULFILLMENTS, other));
    }

    @Test
    void respectsIfMatch() {
        assertThat(update(LedgerRequests.of(id, PATCH, versions(1)))).isEqualTo(new OrderProblem.StaleVersion(2));
        assertThat(update(LedgerRequests.of(id, PATCH, versions(2)))).isInstanceOf(View.class);
        assertThat(update(LedgerRequests.of(id, PATCH, ETagCondition.ANY))).isInstanceOf(View.class);
    }

    @Test
    void doesNotTryAgainIfIfMatchExcludesTheNewVersion() {
        otherChanges = 1;

        assertThat(update(LedgerRequests.of(id, PATCH, versions(2)))).isEqualTo(new OrderProblem.StaleVersion(3));
    }

    @Test
    void readsAgainIfTheOrderReachesTheVersionOfIfMatch() {
        otherChanges = 1;

        assertThat(LedgerRequests.entry(update(LedgerRequests.of(id, PATCH, versions(3))))
                        .orderVersion())
                .isEqualTo(4);
        assertThat(ledger.lastWrite().ifMatch()).isEqualTo(versions(3));
    }

    @Test
    void refusesAPatchWhoseResultBreaksARule() {
        assertThat(update(LedgerRequests.of(id, BAD_PATCH))).isEqualTo(new RequestProblem.InvalidRequest(TOO_MANY));
        assertThat(update(LedgerRequests.of(id, BAD_PATCH, new IdempotencyKey("k", "f"))))
                .isEqualTo(new RequestProblem.InvalidRequest(List.of(TOO_MANY)));
    }

    private OrderResponse update(OrderRequest request) {
        return new UpdateFulfillment(fulfillments, writes).apply(request);
    }

    private static ETagCondition versions(int version) {
        return new ETagCondition(false, Set.of(version));
    }
}
