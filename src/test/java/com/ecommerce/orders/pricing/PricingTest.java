package com.ecommerce.orders.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PricingTest {

    @Test
    void theLowerLineWinsATie() {
        List<Money> shares = Pricing.spread(new Money(1), List.of(new Money(50), new Money(50)));

        assertThat(shares).containsExactly(new Money(1), Money.ZERO);
    }

    @Test
    void theLargestRemainderGetsTheLastCent() {
        List<Money> shares = Pricing.spread(new Money(100), List.of(new Money(1), new Money(2), new Money(4)));

        assertThat(shares).containsExactly(new Money(14), new Money(29), new Money(57));
    }

    @Test
    void percentagesAreRoundedHalfEvenOnTheSubtotal() {
        assertThat(new Percentage("50").of(new Money(5))).isEqualTo(new Money(2));
        assertThat(new Percentage("50").of(new Money(7))).isEqualTo(new Money(4));
    }
}
