package com.ecommerce.orders.pricing;

import java.util.List;

/**
 * The price of an order: the amounts of each line, and the totals.
 *
 * @param lines the amounts of the items, in the order of the items
 */
public record Price(List<LineAmounts> lines, Totals totals) {

    public Price {
        lines = List.copyOf(lines);
    }
}
