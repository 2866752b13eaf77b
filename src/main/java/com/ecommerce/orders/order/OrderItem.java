package com.ecommerce.orders.order;

import com.ecommerce.orders.pricing.Money;
import com.ecommerce.orders.pricing.PricedLine;
import com.ecommerce.orders.pricing.TaxRate;
import org.jspecify.annotations.Nullable;

/**
 * One item of an order, as the client sends it.
 *
 * @param sku the article number, 1 to 100 characters
 * @param name the article's name, or {@code null}
 * @param quantity 1 to 999,999
 * @param unitPrice the price of one piece, before discount and tax
 * @param taxRate the tax on the item's subtotal minus the item's share of the discounts
 */
public record OrderItem(String sku, @Nullable String name, int quantity, Money unitPrice, TaxRate taxRate)
        implements PricedLine {

    public static final int MAX_QUANTITY = 999_999;

    /** @throws IllegalArgumentException if the quantity is out of range */
    public OrderItem {
        if (quantity < 1 || quantity > MAX_QUANTITY) {
            throw new IllegalArgumentException("The quantity must be 1 to " + MAX_QUANTITY);
        }
    }
}
