package com.ecommerce.orders.aws.snapstart;

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
 * The hooks around a snapshot of this process. Before the snapshot they load classes and close all connections. After a
 * restore they renew random numbers and drop TLS sessions, so that no two copies share them.
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

    /** Registers this object with the platform. Spring's context keeps a reference, so the object is not collected. */
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
        // Most platforms share one pool of random numbers among all SecureRandoms of a process.
        new SecureRandom().setSeed(SecureRandom.getSeed(SEED_BYTES));
        ids.renew();
        forgetTlsSessions();
        HikariPoolMXBean pool = dataSource.getHikariPoolMXBean();
        if (pool != null) {
            pool.resumePool();
        }
    }

    /** Drops TLS sessions. Otherwise the first connection of every copy would resume the same session. */
    private static void forgetTlsSessions() {
        try {
            SSLSessionContext sessions = SSLContext.getDefault().getClientSessionContext();
            for (byte[] id : Collections.list(sessions.getIds())) {
                SSLSession session = sessions.getSession(id);
                // A session that has just expired is null.
                if (session != null) {
                    session.invalidate();
                }
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has TLS", e);
        }
    }
}
