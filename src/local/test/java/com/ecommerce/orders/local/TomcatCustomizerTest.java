package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TomcatCustomizerTest {

    private static final long MIB = 1024 * 1024;

    @Test
    void acceptsAsManyConnectionsAsFitIntoAQuarterOfTheHeap() {
        assertThat(TomcatCustomizer.maxConnections(128 * MIB)).isEqualTo(327);
        assertThat(TomcatCustomizer.maxConnections(256 * MIB)).isEqualTo(655);
    }

    @Test
    void acceptsFewerConnectionsThanThreads() {
        boolean virtualThreads = Runtime.version().feature() >= 24;

        assertThat(TomcatCustomizer.maxConnections(Long.MAX_VALUE)).isEqualTo(virtualThreads ? 8_192 : 900);
    }
}
