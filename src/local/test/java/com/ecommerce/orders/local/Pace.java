package com.ecommerce.orders.local;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The rate of the requests of all clients together. A late request is sent at once, so that no request is left out. */
final class Pace {

    private final long interval;
    private final AtomicLong next = new AtomicLong(System.nanoTime());
    private volatile boolean released;

    private Pace(long interval) {
        this.interval = interval;
    }

    /** Returns a pace without a limit: each client sends the next request right after the response. */
    static Pace unlimited() {
        return new Pace(0);
    }

    static Pace perSecond(double requests) {
        return new Pace((long) (1e9 / requests));
    }

    /** Waits until a request is due. */
    void await() {
        if (interval == 0 || released) {
            return;
        }
        long due = next.getAndAdd(interval);
        long now;
        while (!released && (now = System.nanoTime()) < due) {
            LockSupport.parkNanos(due - now);
        }
    }

    /** Makes every later request due at once. */
    void release() {
        released = true;
    }
}
