package com.ecommerce.orders.order;

import java.time.Clock;
import java.util.Random;
import java.util.UUID;

/**
 * A process that continues from the snapshot of another process. Its generator of ids has the state that every such
 * process has. The process prints the ids that it makes.
 */
final class PrimedGenerator {

    private static final int SEED = 42;
    private static final int PRIMING = 100;
    private static final int IDS = 10_000;

    private PrimedGenerator() {}

    /** @param arguments {@code renewed} to announce the restoration, as the platform does */
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

    /** Stops the clock, which separates two processes only by chance. */
    private static String randomBits(UUID id) {
        return (id.getMostSignificantBits() & 0xFFF) + "/" + id.getLeastSignificantBits();
    }
}
