package com.ecommerce.orders.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount in the minor unit of its order's currency: {@code 1999} is 19.99 USD or 1999 JPY.
 *
 * @param minorUnits 0 to {@link #MAX_MINOR_UNITS}
 */
public record Money(long minorUnits) implements Comparable<Money> {

    /** 2^53 - 1, the largest integer that every JSON client keeps exactly (RFC 8259, section 6). */
    public static final long MAX_MINOR_UNITS = 9_007_199_254_740_991L;

    public static final Money ZERO = new Money(0);

    /** @throws ArithmeticException if the amount is negative or above the maximum */
    public Money {
        if (minorUnits < 0 || minorUnits > MAX_MINOR_UNITS) {
            throw new ArithmeticException("An amount must be 0 to " + MAX_MINOR_UNITS + " minor units");
        }
    }

    boolean isZero() {
        return minorUnits == 0;
    }

    /** @throws ArithmeticException if the sum is above the maximum */
    public Money plus(Money other) {
        return new Money(Math.addExact(minorUnits, other.minorUnits));
    }

    /** @throws ArithmeticException if {@code other} is larger than this amount */
    public Money minus(Money other) {
        return new Money(Math.subtractExact(minorUnits, other.minorUnits));
    }

    /** @throws ArithmeticException if the product is above the maximum */
    public Money times(int quantity) {
        return new Money(Math.multiplyExact(minorUnits, quantity));
    }

    /**
     * Returns the product, rounded HALF_EVEN to a minor unit.
     *
     * @param fraction 0 to 1; 0.19 for 19 percent
     */
    public Money times(BigDecimal fraction) {
        return new Money(BigDecimal.valueOf(minorUnits)
                .multiply(fraction)
                .setScale(0, RoundingMode.HALF_EVEN)
                .longValueExact());
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(minorUnits, other.minorUnits);
    }

    @Override
    public String toString() {
        return Long.toString(minorUnits);
    }
}
