package com.ecommerce.orders.pricing;

import org.jspecify.annotations.Nullable;

/**
 * A discount on an order's subtotal: either an amount or a percentage, never both.
 *
 * @param description a short text about the discount, or {@code null}
 * @param amount a fixed amount, {@code null} if {@code percent} is given
 * @param percent a part of the subtotal, {@code null} if {@code amount} is given
 */
public record Discount(@Nullable String description, @Nullable Money amount, @Nullable Percentage percent) {

    /** @throws IllegalArgumentException unless exactly one of amount and percent is given */
    public Discount {
        if ((amount == null) == (percent == null)) {
            throw new IllegalArgumentException("A discount must have either an amount or a percent, not both");
        }
    }

    /** Returns the amount of this discount on {@code subtotal}. The amount may exceed the subtotal. */
    public Money on(Money subtotal) {
        if (amount != null) {
            return amount;
        }
        return percent == null ? Money.ZERO : percent.of(subtotal);
    }
}
