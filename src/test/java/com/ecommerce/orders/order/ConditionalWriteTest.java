package com.ecommerce.orders.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.identity.Permission;
import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.json.JsonOrderSerializer;
import com.ecommerce.orders.operation.ETagCondition;
import com.ecommerce.orders.operation.OrderDocument;
import com.ecommerce.orders.operation.OrderQuery;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.OrderStatus;
import com.ecommerce.orders.operation.Precondition;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.operation.View;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Another writer changes the order between the read and the write of a request with {@code If-Match}. */
@NullUnmarked
class ConditionalWriteTest {

    @Test
    void triesAgainOnAVersionThatIfMatchNames() {
        Iterator<WriteOutcome> outcomes = List.of(stale(2), stored()).iterator();

        assertThat(confirm(Set.of(1, 2), outcomes)).isInstanceOf(View.class);
        assertThat(outcomes).isExhausted();
    }

    @Test
    void refusesAVersionThatIfMatchDoesNotName() {
        Iterator<WriteOutcome> outcomes = List.of(stale(3)).iterator();

        assertThat(confirm(Set.of(1, 2), outcomes)).isEqualTo(new Problem.StaleVersion(3));
    }

    private static OrderResponse confirm(Set<Integer> ifMatch, Iterator<WriteOutcome> outcomes) {
        OrderRequest request = new OrderRequest(
                new Caller(new TenantId("acme"), "alice", null, EnumSet.allOf(Permission.class)),
                OneOrder.ID,
                null,
                null,
                OrderQuery.FIRST_PAGE,
                new Precondition(new ETagCondition(false, ifMatch), null),
                null,
                false);
        return OneOrder.functions(new JsonOrderSerializer(), OrderStatus.PLACED, outcomes::next)
                .get("confirmOrder")
                .apply(request);
    }

    private static WriteOutcome stale(int version) {
        return new WriteOutcome.Refused(new Problem.StaleVersion(version));
    }

    private static WriteOutcome stored() {
        return new WriteOutcome.Stored(new OrderDocument(OneOrder.ID, 2, null, new byte[0]));
    }
}
