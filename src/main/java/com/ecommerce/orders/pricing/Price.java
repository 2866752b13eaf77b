package com.ecommerce.orders.pricing;

import java.util.List;

/**
 * What an order costs, line by line and as a whole.
 *
 * @param lines one for each item, in their order
 */
public record Price(List<LineAmounts> lines, Totals totals) {

    public Price {
        lines = List.copyOf(lines);
    }
}
