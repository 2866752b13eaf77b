package com.ecommerce.orders.aws;

import com.ecommerce.orders.order.IdGenerator;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * Makes a snapshot of this process's memory worth having, and safe to be copied: warm code in it, no connection, and
 * afterwards no random number that a copy has too.
 */
final class SnapStart implements Resource {

    private static final Duration CLOSING = Duration.ofSeconds(3);
    private static final int SEED_BYTES = 32;

    private final HikariDataSource dataSource;
    private final IdGenerator ids;
    private final Priming priming;

    SnapStart(HikariDataSource dataSource, IdGenerator ids, Priming priming) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.priming = priming;
        dataSource.setAllowPoolSuspension(true);
    }

    /** Has the platform call this resource; it does not keep it from being collected. */
    SnapStart register() {
        Core.getGlobalContext().register(this);
        return this;
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        priming.run();
        HikariPoolMXBean pool = dataSource.getHikariPoolMXBean();
        if (pool != null) {
            pool.suspendPool();
            long deadline = System.nanoTime() + CLOSING.toNanos();
            do {
                pool.softEvictConnections();
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            } while (pool.getTotalConnections() > 0 && System.nanoTime() < deadline);
        }
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        // The pool of random numbers that most platforms share among all SecureRandoms of a process.
        new SecureRandom().setSeed(SecureRandom.getSeed(SEED_BYTES));
        ids.renew();
        HikariPoolMXBean pool = dataSource.getHikariPoolMXBean();
        if (pool != null) {
            pool.resumePool();
        }
    }
}
