package com.ecommerce.orders.order;

import java.time.Clock;
import java.util.Random;
import java.util.UUID;

/**
 * A process that goes on from the snapshot of another: its generator of ids holds the state that every such process
 * holds. It prints the ids that it makes.
 */
final class PrimedGenerator {

    private static final int SEED = 42;
    private static final int PRIMING = 100;
    private static final int IDS = 10_000;

    private PrimedGenerator() {}

    /** @param arguments {@code renewed} if it is told of its restoration, as the platform does */
    public static void main(String[] arguments) {
        IdGenerator ids = OrderConfiguration.idGenerator(new Random(SEED), Clock.systemUTC());
        for (int i = 0; i < PRIMING; i++) {
            ids.get();
        }
        if (arguments[0].equals("renewed")) {
            ids.renew();
        }
        StringBuilder made = new StringBuilder();
        for (int i = 0; i < IDS; i++) {
            made.append(randomBits(ids.get())).append('\n');
        }
        System.out.print(made);
    }

    /** Without the clock, which keeps two processes apart only by chance. */
    private static String randomBits(UUID id) {
        return (id.getMostSignificantBits() & 0xFFF) + "/" + id.getLeastSignificantBits();
    }
}
