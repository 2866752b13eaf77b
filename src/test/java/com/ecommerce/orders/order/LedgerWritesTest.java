package com.ecommerce.orders.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.identity.Permission;
import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.ETagCondition;
import com.ecommerce.orders.operation.EntryDocument;
import com.ecommerce.orders.operation.IdempotencyKey;
import com.ecommerce.orders.operation.Ledger;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrderQuery;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.OrdersUnavailableException;
import com.ecommerce.orders.operation.OrdersUnavailableException.Outcome;
import com.ecommerce.orders.operation.Precondition;
import com.ecommerce.orders.operation.RequestProblem;
import com.ecommerce.orders.operation.View;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LedgerWritesTest {

    private static final OrderId ORDER = new OrderId(new UUID(0, 1));
    private static final UUID ENTRY = new UUID(0, 2);
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.123456789Z");
    private static final Caller CALLER =
            new Caller(new TenantId("acme"), "alice", "alice@example.org", Set.of(Permission.WRITE_PAYMENTS));

    private final ChangedOrders cache = new ChangedOrders();
    private final LedgerWrites writes = new LedgerWrites(
            Clock.fixed(NOW, ZoneOffset.UTC), UUID::randomUUID, cache, new IdempotencyLock(Duration.ZERO));

    @Test
    void givesAWriteTheTimeToTheMicrosecond() {
        assertThat(prepare(null, null).at()).isEqualTo(Instant.parse("2026-01-31T12:00:00.123456Z"));
    }

    @Test
    void makesTwoNewIdsForANewEntry() {
        LedgerWrite first = prepare(null, null);
        LedgerWrite second = prepare(null, null);

        assertThat(Set.of(first.id(), first.entryId(), second.id(), second.entryId()))
                .hasSize(4);
    }

    @Test
    void keepsTheEntryThatThePathNames() {
        assertThat(prepare(ENTRY, null).entryId()).isEqualTo(ENTRY);
    }

    @Test
    void takesOverTheRequest() {
        IdempotencyKey key = new IdempotencyKey("k", "fingerprint");
        LedgerWrite write = prepare(ENTRY, key);

        assertThat(write)
                .isEqualTo(
                        new LedgerWrite(write.id(), ENTRY, write.at(), CALLER, ORDER, ETagCondition.ANY, key, false));
    }

    @Test
    void removesAnOrderFromTheCacheAfterAStoredWrite() {
        assertThat(run(View.Delivery.CURRENT)).isInstanceOf(View.class);
        assertThat(cache.ids()).containsExactly(ORDER);
    }

    @Test
    void removesAnOrderFromTheCacheAfterAReplay() {
        assertThat(run(View.Delivery.REPLAYED)).isInstanceOf(View.class);
        assertThat(cache.ids()).containsExactly(ORDER);
    }

    @Test
    void keepsTheCacheIfNothingWasStored() {
        run(View.Delivery.DRY_RUN);
        writes.run(request(null, null), write -> new RequestProblem.Conflict());

        assertThat(cache.ids()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void removesAnOrderFromTheCacheIfTheWriteMayBeStored(Outcome outcome) {
        OrdersUnavailableException lost =
                new OrdersUnavailableException("The connection was lost", outcome, new RuntimeException());

        assertThatThrownBy(() -> writes.run(request(null, null), write -> {
                    throw lost;
                }))
                .isSameAs(lost);

        assertThat(cache.ids()).hasSize(outcome == Outcome.UNKNOWN ? 1 : 0);
    }

    @Test
    void refusesASecondWriteWithTheKeyOfARunningOne() {
        OrderRequest request = request(null, new IdempotencyKey("k", "fingerprint"));

        OrderResponse[] second = new OrderResponse[1];
        writes.run(request, write -> {
            second[0] = writes.run(request, other -> new RequestProblem.Conflict());
            return second[0];
        });

        assertThat(second[0]).isEqualTo(new RequestProblem.IdempotencyInFlight());
    }

    private OrderResponse run(View.Delivery delivery) {
        EntryDocument entry = new EntryDocument(ORDER, Ledger.TRANSACTIONS, ENTRY, 2, new byte[0]);
        return writes.run(request(null, null), write -> new View(entry, View.Result.OK, delivery));
    }

    private LedgerWrite prepare(@Nullable UUID entry, @Nullable IdempotencyKey key) {
        List<LedgerWrite> prepared = new ArrayList<>();
        writes.run(request(entry, key), write -> {
            prepared.add(write);
            return new RequestProblem.Conflict();
        });
        return prepared.get(0);
    }

    private static OrderRequest request(@Nullable UUID entry, @Nullable IdempotencyKey key) {
        Precondition precondition = new Precondition(ETagCondition.ANY, null);
        return new OrderRequest(CALLER, ORDER, entry, null, OrderQuery.FIRST_PAGE, precondition, key, false);
    }
}
