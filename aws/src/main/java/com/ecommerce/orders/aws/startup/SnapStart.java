package com.ecommerce.orders.aws.startup;

import com.ecommerce.orders.order.IdGenerator;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * Makes a snapshot of this process's memory worth having, and safe to be copied: warm code in it, no connection, and
 * afterwards no random number and no TLS session that a copy has too.
 */
public final class SnapStart implements Resource {

    private static final Duration CLOSING = Duration.ofSeconds(3);
    private static final int SEED_BYTES = 32;

    private final HikariDataSource dataSource;
    private final IdGenerator ids;
    private final Priming priming;

    public SnapStart(HikariDataSource dataSource, IdGenerator ids, Priming priming) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.priming = priming;
        dataSource.setAllowPoolSuspension(true);
    }

    /** Has the platform call this resource; what keeps it from being collected is the context, which Boot keeps. */
    public SnapStart register() {
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
        forgetTlsSessions();
        HikariPoolMXBean pool = dataSource.getHikariPoolMXBean();
        if (pool != null) {
            pool.resumePool();
        }
    }

    /** Else the first connection of every copy would take up the one session that the priming has left. */
    private static void forgetTlsSessions() {
        try {
            SSLSessionContext sessions = SSLContext.getDefault().getClientSessionContext();
            for (byte[] id : Collections.list(sessions.getIds())) {
                SSLSession session = sessions.getSession(id);
                // One that has just ended by itself.
                if (session != null) {
                    session.invalidate();
                }
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has TLS", e);
        }
    }
}
