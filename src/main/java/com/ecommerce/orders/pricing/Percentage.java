package com.ecommerce.orders.pricing;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * The percentage of a discount, as the client sent it.
 *
 * @param text a decimal number above 0, at most 100, with at most six decimals: {@code 12.5}
 */
public record Percentage(String text) {

    private static final Pattern FORMAT = Pattern.compile("(0|[1-9][0-9]{0,9})(\\.[0-9]{1,6})?");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** @throws IllegalArgumentException if {@code text} is not a percentage */
    public Percentage {
        if (!isDecimal(text) || !isInRange(text)) {
            throw new IllegalArgumentException("A percentage must be above 0, at most 100, with at most six decimals");
        }
    }

    /** Tells whether {@code text} is a decimal number with at most six decimals. */
    public static boolean isDecimal(String text) {
        return FORMAT.matcher(text).matches();
    }

    /** Tells whether the decimal number {@code text} is above 0 and at most 100. */
    public static boolean isInRange(String text) {
        BigDecimal value = new BigDecimal(text);
        return value.signum() > 0 && value.compareTo(HUNDRED) <= 0;
    }

    /** Returns this percentage of {@code amount}, rounded HALF_EVEN to a minor unit. */
    public Money of(Money amount) {
        return amount.times(new BigDecimal(text).movePointLeft(2));
    }
}
