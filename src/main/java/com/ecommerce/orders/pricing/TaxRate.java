package com.ecommerce.orders.pricing;

import java.math.BigDecimal;

/**
 * A tax rate, as the client sent it.
 *
 * @param text {@code 0}, {@code 1}, or {@code 0.} with one to six digits: {@code 0.1075} is 10.75 percent
 */
public record TaxRate(String text) {

    private static final int MAX_LENGTH = "0.123456".length();

    public static final TaxRate NONE = new TaxRate("0");

    /** @throws IllegalArgumentException if {@code text} is not a rate */
    public TaxRate {
        if (!isValid(text)) {
            throw new IllegalArgumentException("A tax rate must be 0, 1, or 0. with one to six digits");
        }
    }

    /** Tells whether {@code text} is a tax rate. */
    public static boolean isValid(String text) {
        return text.equals("0") || text.equals("1") || text.startsWith("0.") && hasDecimals(text);
    }

    private static boolean hasDecimals(String text) {
        for (int i = "0.".length(); i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.length() > "0.".length() && text.length() <= MAX_LENGTH;
    }

    /** Returns the tax on {@code amount}, rounded HALF_EVEN to a minor unit. */
    public Money on(Money amount) {
        return text.equals(NONE.text) ? Money.ZERO : amount.times(new BigDecimal(text));
    }
}
