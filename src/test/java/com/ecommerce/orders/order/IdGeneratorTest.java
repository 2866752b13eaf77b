package com.ecommerce.orders.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdGeneratorTest {

    private static final int SEED = 42;
    private static final long RANDOM_BITS_OF_HIGH_HALF = 0xFFF;

    @Test
    void makesIdsOfVersion7() {
        IdGenerator ids = new OrderConfiguration().idGenerator(Clock.systemUTC());
        UUID first = ids.get();
        assertThat(first.version()).isEqualTo(7);
        assertThat(first.variant()).isEqualTo(2);
        assertThat(ids.get()).isNotEqualTo(first);
    }

    /** What the next test guards against is real: equal states go on alike, but for the clock. */
    @Test
    void copiesOfOnePrimedGeneratorGoOnAlike() {
        assertThat(randomBits(primed().get())).isEqualTo(randomBits(primed().get()));
    }

    @Test
    void copiesOfOnePrimedGeneratorDifferOnceTheyAreRenewed() {
        IdGenerator one = primed();
        IdGenerator other = primed();
        one.renew();
        other.renew();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            assertThat(seen.add(randomBits(one.get()))).isTrue();
            assertThat(seen.add(randomBits(other.get()))).isTrue();
        }
    }

    /** A stand-in for the memory of one process: two of them hold the same state, as two copies of a snapshot do. */
    private static IdGenerator primed() {
        IdGenerator primed = OrderConfiguration.idGenerator(new Random(SEED), Clock.systemUTC());
        for (int i = 0; i < 100; i++) {
            primed.get();
        }
        return primed;
    }

    private static String randomBits(UUID id) {
        return (id.getMostSignificantBits() & RANDOM_BITS_OF_HIGH_HALF) + "/" + id.getLeastSignificantBits();
    }
}
