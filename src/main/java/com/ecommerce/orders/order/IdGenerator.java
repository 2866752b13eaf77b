package com.ecommerce.orders.order;

import java.util.UUID;
import java.util.function.Supplier;

/** Makes ids that sort by time and that nobody can guess: UUIDs of version 7 (RFC 9562, section 5.7). */
public final class IdGenerator implements Supplier<UUID> {

    private final Supplier<Supplier<UUID>> fresh;
    private volatile Supplier<UUID> generator;

    /** @param fresh makes generators that share no state with {@code generator}, nor with each other */
    IdGenerator(Supplier<UUID> generator, Supplier<Supplier<UUID>> fresh) {
        this.generator = generator;
        this.fresh = fresh;
    }

    @Override
    public UUID get() {
        return generator.get();
    }

    /** To be called where this process goes on from a snapshot of its memory: others may go on from the same one. */
    public void renew() {
        generator = fresh.get();
    }
}
