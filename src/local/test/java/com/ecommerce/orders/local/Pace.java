package com.ecommerce.orders.local;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** When the next request of all clients together is due. One that is late is sent at once, so that none is left out. */
final class Pace {

    private final long interval;
    private final AtomicLong next = new AtomicLong(System.nanoTime());
    private volatile boolean released;

    private Pace(long interval) {
        this.interval = interval;
    }

    /** As fast as answers come. */
    static Pace unlimited() {
        return new Pace(0);
    }

    static Pace perSecond(double requests) {
        return new Pace((long) (1e9 / requests));
    }

    /** Returns when a request is due. */
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

    /** From now on every request is due. */
    void release() {
        released = true;
    }
}
