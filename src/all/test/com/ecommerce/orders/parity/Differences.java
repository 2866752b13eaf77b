package com.ecommerce.orders.parity;

import java.util.List;

/** All that is left, with its causes; {@code docs/differences.md} tells it to people. */
final class Differences {

    static final List<Difference> LISTED = List.of();

    private Differences() {}
}
