package com.ecommerce.orders.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrderFilterTest {

    private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATE = Instant.parse("2026-02-01T00:00:00Z");

    @Test
    void wasChangedNoEarlierThanItWasCreated() {
        OrderFilter createdFrom = times(LATE, null, null, null);

        assertThat(createdFrom.boundedFor(OrderSort.LATEST_CHANGE_FIRST)).isEqualTo(times(LATE, null, LATE, null));
        assertThat(createdFrom.boundedFor(OrderSort.EARLIEST_CHANGE_FIRST)).isEqualTo(times(LATE, null, LATE, null));
        assertThat(createdFrom.boundedFor(OrderSort.NEWEST_FIRST)).isEqualTo(createdFrom);
    }

    @Test
    void wasCreatedBeforeItWasChanged() {
        OrderFilter updatedTo = times(null, null, null, EARLY);

        assertThat(updatedTo.boundedFor(OrderSort.NEWEST_FIRST)).isEqualTo(times(null, EARLY, null, EARLY));
        assertThat(updatedTo.boundedFor(OrderSort.OLDEST_FIRST)).isEqualTo(times(null, EARLY, null, EARLY));
        assertThat(updatedTo.boundedFor(OrderSort.LATEST_CHANGE_FIRST)).isEqualTo(updatedTo);
    }

    @Test
    void keepsTheTighterOfTwoBounds() {
        assertThat(times(LATE, null, EARLY, null).boundedFor(OrderSort.LATEST_CHANGE_FIRST))
                .isEqualTo(times(LATE, null, LATE, null));
        assertThat(times(EARLY, null, LATE, null).boundedFor(OrderSort.LATEST_CHANGE_FIRST))
                .isEqualTo(times(EARLY, null, LATE, null));
        assertThat(times(null, EARLY, null, LATE).boundedFor(OrderSort.NEWEST_FIRST))
                .isEqualTo(times(null, EARLY, null, LATE));
        assertThat(times(null, LATE, null, EARLY).boundedFor(OrderSort.NEWEST_FIRST))
                .isEqualTo(times(null, EARLY, null, EARLY));
    }

    @Test
    void addsNoBoundWithoutAFilter() {
        for (OrderSort sort : OrderSort.values()) {
            assertThat(OrderFilter.ALL.boundedFor(sort)).isEqualTo(OrderFilter.ALL);
        }
    }

    private static OrderFilter times(
            @Nullable Instant createdFrom,
            @Nullable Instant createdTo,
            @Nullable Instant updatedFrom,
            @Nullable Instant updatedTo) {
        return new OrderFilter(
                Set.of(), Set.of(), Set.of(), null, null, null, createdFrom, createdTo, updatedFrom, updatedTo);
    }
}
