package com.ecommerce.orders.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.identity.Permission;
import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.Action;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrderProblem;
import com.ecommerce.orders.operation.OrderStatus;
import com.ecommerce.orders.operation.ProblemCode;
import com.ecommerce.orders.operation.ProblemException;
import com.ecommerce.orders.pricing.Money;
import com.ecommerce.orders.pricing.TaxRate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class OrderTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Caller ALICE =
            new Caller(new TenantId("acme"), "alice", null, Set.of(Permission.WRITE_ORDERS));

    @Test
    void isPlacedAsVersionOneByItsCaller() {
        Order order = placed();

        assertThat(order.version()).isEqualTo(1);
        assertThat(order.status()).isEqualTo(OrderStatus.PLACED);
        assertThat(order.createdBy()).isEqualTo("alice");
    }

    @Test
    void everyChangeIsOneVersion() {
        Order completed = placed().confirm(NOW).complete(NOW);

        assertThat(completed.version()).isEqualTo(3);
        assertThat(completed.allowedActions()).isEmpty();
    }

    @Test
    void listsWhatMayBeDoneNextInOneOrder() {
        assertThat(placed().allowedActions()).containsExactly(Action.UPDATE, Action.CONFIRM, Action.CANCEL);
        assertThat(placed().confirm(NOW).allowedActions())
                .containsExactly(Action.UPDATE, Action.COMPLETE, Action.CANCEL);
    }

    @Test
    void refusesEveryTransitionThatItsStatusDoesNotAllow() {
        assertRefused(placed(), order -> order.complete(NOW));
        assertRefused(placed().confirm(NOW), order -> order.confirm(NOW));
        Order cancelled = placed().cancel("changed my mind", NOW);
        assertRefused(cancelled, order -> order.confirm(NOW));
        assertRefused(cancelled, order -> order.cancel(null, NOW));
        Order completed = placed().confirm(NOW).complete(NOW);
        assertRefused(completed, order -> order.cancel(null, NOW));
    }

    @Test
    void staysTheSameIfNothingChanges() {
        Order order = placed();

        assertThat(order.update(details("note"), order.price(), Set.of("note"), NOW))
                .isSameAs(order);
    }

    @Test
    void keepsItsPriceOnceConfirmed() {
        Order confirmed = placed().confirm(NOW);

        assertThatThrownBy(() -> confirmed.update(confirmed.details(), confirmed.price(), Set.of("items"), NOW))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem().code()).isEqualTo(ProblemCode.INVALID_STATE));
        assertThat(confirmed
                        .update(details("another note"), confirmed.price(), Set.of("note"), NOW)
                        .version())
                .isEqualTo(3);
    }

    @Test
    void itsTimeNeverRunsBackwards() {
        Order confirmed = placed().confirm(NOW.minusSeconds(60));

        assertThat(confirmed.updatedAt()).isEqualTo(NOW);
    }

    private static void assertRefused(Order order, UnaryOperator<Order> transition) {
        assertThatThrownBy(() -> transition.apply(order)).isInstanceOfSatisfying(ProblemException.class, refusal -> {
            assertThat(refusal.problem())
                    .isInstanceOfSatisfying(
                            OrderProblem.InvalidTransition.class,
                            problem -> assertThat(problem.allowedActions()).isEqualTo(order.allowedActions()));
        });
    }

    private static Order placed() {
        return Order.place(new OrderId(new UUID(0, 1)), details("note"), ALICE, NOW);
    }

    private static OrderDetails details(String note) {
        OrderItem item = new OrderItem("A-1", null, 1, new Money(1000), TaxRate.NONE);
        return new OrderDetails(null, "USD", null, List.of(item), List.of(), null, null, null, note, Map.of());
    }
}
