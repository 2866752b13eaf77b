package com.ecommerce.orders.order;

import com.ecommerce.orders.pricing.Money;
import com.ecommerce.orders.pricing.PricedLine;
import com.ecommerce.orders.pricing.TaxRate;
import org.jspecify.annotations.Nullable;

/**
 * One line of an order as the client asks for it.
 *
 * @param sku the article, 1 to 100 characters
 * @param name the article's name, or {@code null}
 * @param quantity 1 to 999,999
 * @param unitPrice of one piece, before discount and tax
 * @param taxRate on the line's subtotal less its share of the discounts
 */
public record OrderItem(String sku, @Nullable String name, int quantity, Money unitPrice, TaxRate taxRate)
        implements PricedLine {

    public static final int MAX_QUANTITY = 999_999;

    /** @throws IllegalArgumentException if the quantity is out of range */
    public OrderItem {
        if (quantity < 1 || quantity > MAX_QUANTITY) {
            throw new IllegalArgumentException("A quantity is 1 to " + MAX_QUANTITY);
        }
    }
}
