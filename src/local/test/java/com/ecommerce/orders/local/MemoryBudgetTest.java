package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.http.HttpProblemException;
import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.ProblemCode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Tests of how tenants share the memory for requests. */
class MemoryBudgetTest {

    private static final TenantId NOISY = new TenantId("noisy");
    private static final TenantId OTHER = new TenantId("other");
    private static final TenantId QUIET = new TenantId("quiet");

    private final MemoryBudget budget = new MemoryBudget(100, Duration.ZERO);

    @Test
    void givesOneTenantHalfOfTheBytes() {
        budget.reserve(NOISY, 50);

        assertRefused(() -> budget.reserve(NOISY, 1), ProblemCode.TENANT_BUSY);
        assertThatCode(() -> budget.reserve(QUIET, 50)).doesNotThrowAnyException();
    }

    @Test
    void refusesAThirdTenantWhenTwoHoldAllBytes() {
        budget.reserve(NOISY, 50);
        budget.reserve(OTHER, 50);

        assertRefused(() -> budget.reserve(QUIET, 1), ProblemCode.UNAVAILABLE);
    }

    @Test
    void freesTheBytesWhenTheRequestsEnd() {
        MemoryBudget.Reservation first = budget.reserve(NOISY, 50);
        MemoryBudget.Reservation second = budget.reserve(OTHER, 50);
        assertRefused(() -> budget.reserve(QUIET, 20), ProblemCode.UNAVAILABLE);
        first.close();
        first.close();
        second.close();

        budget.reserve(QUIET, 50);
        assertThatCode(() -> budget.reserve(NOISY, 50)).doesNotThrowAnyException();
        assertRefused(() -> budget.reserve(OTHER, 1), ProblemCode.UNAVAILABLE);
    }

    @Test
    void aReservationThatGrowsIsFreedCompletely() {
        MemoryBudget.Reservation growing = budget.reserve(NOISY, 10);
        growing.growTo(40);
        growing.growTo(20);
        assertRefused(() -> budget.reserve(NOISY, 11), ProblemCode.TENANT_BUSY);
        growing.close();

        assertThatCode(() -> budget.reserve(NOISY, 50)).doesNotThrowAnyException();
    }

    @Test
    void aReservationGrowsToTheShareOfATenantAtMost() {
        assertThatCode(() -> budget.reserve(NOISY, 10).growTo(80)).doesNotThrowAnyException();

        assertRefused(() -> budget.reserve(NOISY, 1), ProblemCode.TENANT_BUSY);
        assertThatCode(() -> budget.reserve(QUIET, 50)).doesNotThrowAnyException();
    }

    @Test
    void freesBytesThatARequestNoLongerNeeds() {
        budget.reserve(NOISY, 50).shrinkTo(10);

        assertThatCode(() -> budget.reserve(NOISY, 40)).doesNotThrowAnyException();
        assertRefused(() -> budget.reserve(NOISY, 1), ProblemCode.TENANT_BUSY);
    }

    @Test
    void givesTheWholeShareToARequestThatNeedsMore() {
        budget.reserve(NOISY, 1_000).close();

        assertThatCode(() -> budget.reserve(NOISY, 50)).doesNotThrowAnyException();
    }

    @Test
    void letsARequestWaitForBytes() throws Exception {
        MemoryBudget waiting = new MemoryBudget(100, Duration.ofMinutes(1));
        MemoryBudget.Reservation first = waiting.reserve(NOISY, 50);
        CompletableFuture<MemoryBudget.Reservation> second =
                CompletableFuture.supplyAsync(() -> waiting.reserve(NOISY, 50));
        first.close();

        assertThatCode(() -> second.get(1, TimeUnit.MINUTES)).doesNotThrowAnyException();
    }

    private static void assertRefused(ThrowingCallable reservation, ProblemCode code) {
        assertThatThrownBy(reservation)
                .isInstanceOfSatisfying(HttpProblemException.class, refusal -> Assertions.assertThat(
                                refusal.document().code())
                        .isEqualTo(code));
    }
}
