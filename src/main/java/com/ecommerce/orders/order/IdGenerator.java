package com.ecommerce.orders.order;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/** Makes ids that sort by time and that nobody can guess: UUIDs of version 7 (RFC 9562, section 5.7). */
public final class IdGenerator implements Supplier<UUID> {

    private volatile NoArgGenerator generator;

    IdGenerator() {
        this(new SecureRandom());
    }

    IdGenerator(Random random) {
        generator = Generators.timeBasedEpochRandomGenerator(random);
    }

    @Override
    public UUID get() {
        return generator.generate();
    }

    /** To be called where this process goes on from a snapshot of its memory: others may go on from the same one. */
    public void renew() {
        generator = Generators.timeBasedEpochRandomGenerator(seededNow());
    }

    /** The default one of most platforms draws from a pool that all of a process share, snapshots included. */
    private static SecureRandom seededNow() {
        try {
            SecureRandom random = SecureRandom.getInstance("DRBG");
            random.nextBytes(new byte[1]);
            return random;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has DRBG", e);
        }
    }
}
