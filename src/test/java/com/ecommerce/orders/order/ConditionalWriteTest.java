package com.ecommerce.orders.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.identity.Permission;
import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.json.JsonOrderSerializer;
import com.ecommerce.orders.operation.ETagCondition;
import com.ecommerce.orders.operation.IdempotencyKey;
import com.ecommerce.orders.operation.OrderDocument;
import com.ecommerce.orders.operation.OrderProblem;
import com.ecommerce.orders.operation.OrderQuery;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.OrderStatus;
import com.ecommerce.orders.operation.OrdersUnavailableException;
import com.ecommerce.orders.operation.OrdersUnavailableException.Outcome;
import com.ecommerce.orders.operation.Precondition;
import com.ecommerce.orders.operation.RequestProblem;
import com.ecommerce.orders.operation.View;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Another writer changes the order between the read and the write of a request with {@code If-Match}. */
@NullUnmarked
class ConditionalWriteTest {

    private static final IdempotencyKey KEY = new IdempotencyKey("k", "fingerprint");
    private static final OrderDocument REPLAYED_DOCUMENT = new OrderDocument(OneOrder.ID, 2, null, new byte[0]);
    private static final View REPLAYED = new View(REPLAYED_DOCUMENT, View.Result.OK, View.Delivery.REPLAYED);

    @Test
    void triesAgainOnAVersionThatIfMatchNames() {
        Iterator<WriteOutcome> outcomes = List.of(stale(2), stored()).iterator();

        assertThat(confirm(Set.of(1, 2), outcomes)).isInstanceOf(View.class);
        assertThat(outcomes).isExhausted();
    }

    @Test
    void refusesAVersionThatIfMatchDoesNotName() {
        Iterator<WriteOutcome> outcomes = List.of(stale(3)).iterator();

        assertThat(confirm(Set.of(1, 2), outcomes)).isEqualTo(new OrderProblem.StaleVersion(3));
    }

    @ParameterizedTest
    @EnumSource
    void removesAnOrderFromTheCacheIfTheWriteMayBeStored(Outcome outcome) {
        ChangedOrders cache = new ChangedOrders();
        OrdersUnavailableException lost =
                new OrdersUnavailableException("The connection was lost", outcome, new RuntimeException());

        assertThat(confirm(Set.of(1), cache, () -> {
                    throw lost;
                }))
                .isInstanceOf(RequestProblem.Unavailable.class);

        assertThat(cache.ids()).hasSize(outcome == Outcome.UNKNOWN ? 1 : 0);
    }

    @Test
    void removesAnOrderFromTheCacheIfTheWriteIsReplayed() {
        ChangedOrders cache = new ChangedOrders();

        assertThat(confirm(Set.of(1), cache, () -> new WriteOutcome.Replayed(REPLAYED_DOCUMENT)))
                .isEqualTo(REPLAYED);

        assertThat(cache.ids()).containsExactly(OneOrder.ID);
    }

    @Test
    void removesAnOrderFromTheCacheIfTheReadFindsTheStoredResponse() {
        ChangedOrders cache = new ChangedOrders();
        OneOrder storage = OneOrder.answering(new Orders.StoredAnswer(KEY.fingerprint(), REPLAYED_DOCUMENT));

        assertThat(confirm(Set.of(1), KEY, OneOrder.functions(new JsonOrderSerializer(), storage, cache)))
                .isEqualTo(REPLAYED);

        assertThat(cache.ids()).containsExactly(OneOrder.ID);
    }

    private static OrderResponse confirm(Set<Integer> ifMatch, Iterator<WriteOutcome> outcomes) {
        return confirm(ifMatch, DocumentCache.NONE, outcomes::next);
    }

    private static OrderResponse confirm(Set<Integer> ifMatch, DocumentCache cache, Supplier<WriteOutcome> write) {
        return confirm(ifMatch, null, OneOrder.functions(new JsonOrderSerializer(), OrderStatus.PLACED, write, cache));
    }

    private static OrderResponse confirm(
            Set<Integer> ifMatch, IdempotencyKey key, Map<String, Function<OrderRequest, OrderResponse>> functions) {
        OrderRequest request = new OrderRequest(
                new Caller(new TenantId("acme"), "alice", null, EnumSet.allOf(Permission.class)),
                OneOrder.ID,
                null,
                null,
                OrderQuery.FIRST_PAGE,
                new Precondition(new ETagCondition(false, ifMatch), null),
                key,
                false);
        return functions.get("confirmOrder").apply(request);
    }

    private static WriteOutcome stale(int version) {
        return new WriteOutcome.Refused(new OrderProblem.StaleVersion(version));
    }

    private static WriteOutcome stored() {
        return new WriteOutcome.Stored(new OrderDocument(OneOrder.ID, 2, null, new byte[0]));
    }
}
