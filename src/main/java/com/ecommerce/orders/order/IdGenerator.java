package com.ecommerce.orders.order;

import java.util.UUID;
import java.util.function.Supplier;

/** A generator of ids that sort by time and that no client can guess: UUIDs of version 7 (RFC 9562, section 5.7). */
public final class IdGenerator implements Supplier<UUID> {

    private final Supplier<Supplier<UUID>> fresh;
    private volatile Supplier<UUID> generator;

    /** @param fresh makes new generators; these share no state with {@code generator} and with each other */
    IdGenerator(Supplier<UUID> generator, Supplier<Supplier<UUID>> fresh) {
        this.generator = generator;
        this.fresh = fresh;
    }

    @Override
    public UUID get() {
        return generator.get();
    }

    /** Replaces the generator. Call this after a restore: several processes may start from the same memory snapshot. */
    public void renew() {
        generator = fresh.get();
    }
}
