package com.ecommerce.orders.postgres;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.order.OrdersUnavailableException;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One statement, one round trip, one transaction. This is the one place that knows which failures are worth another
 * try: a lost connection once, over a fresh one, and lost races several times. Every statement must therefore be safe
 * to send again.
 */
final class Database {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int MAX_RACES = 5;
    private static final int MAX_CAUSES = 8;
    private static final long MAX_BACKOFF_NANOS = 20_000_000;

    private final HikariDataSource dataSource;
    private final TenantShares shares;

    Database(HikariDataSource dataSource, TenantShares shares) {
        this.dataSource = dataSource;
        this.shares = shares;
    }

    /**
     * What {@code reader} makes of the statement's rows.
     *
     * @throws OrdersUnavailableException if the database can't be reached or can't serve now
     * @throws LostRaceException if other transactions were in the way, several times
     * @throws StatementException if the statement failed for a reason of its own
     */
    <T extends @Nullable Object> T query(
            TenantId tenant, String sql, RowReader<T> reader, @Nullable Object... arguments) {
        return shares.within(tenant, () -> query(sql, reader, arguments));
    }

    <T extends @Nullable Object> T query(String sql, RowReader<T> reader, @Nullable Object... arguments) {
        boolean reconnected = false;
        boolean sent = false;
        for (int race = 1; ; ) {
            try (Connection connection = dataSource.getConnection();
                    PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < arguments.length; i++) {
                    statement.setObject(i + 1, arguments[i]);
                }
                sent = true;
                try (ResultSet rows = statement.executeQuery()) {
                    return reader.read(rows);
                }
            } catch (SQLException e) {
                SqlState state = SqlState.of(e);
                if (state.isLostConnection() && sent && !reconnected) {
                    reconnected = true;
                    dataSource.getHikariPoolMXBean().softEvictConnections();
                } else if (state.isLostRace() && race < MAX_RACES) {
                    backOff(race++);
                } else {
                    throw translate(e, state, sent);
                }
            }
        }
    }

    private static RuntimeException translate(SQLException e, SqlState state, boolean sent) {
        if (state.isLostRace()) {
            return new LostRaceException(e);
        }
        if (e instanceof SQLTransientConnectionException || state.isUnavailable() || !sent) {
            LOG.warn("The database can't serve now (SQLSTATE {}): {}", state.code(), causes(e));
            return new OrdersUnavailableException("The database can't serve now", e, sent && !state.isRolledBack());
        }
        if (state.isNotMigrated()) {
            LOG.error("The database lacks what this version needs; run scripts/migrate.sh: {}", causes(e));
            return new OrdersUnavailableException("The database is not migrated", e, false);
        }
        return new StatementException(state, e);
    }

    /**
     * What each of the causes says, since a cloud's connector hides its own behind the driver's. Only the first lines:
     * what follows may quote a statement's values.
     */
    private static String causes(SQLException e) {
        return Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                .limit(MAX_CAUSES)
                .map(cause ->
                        String.valueOf(cause.getMessage()).lines().findFirst().orElse(""))
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private static void backOff(int race) {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(MAX_BACKOFF_NANOS / MAX_RACES * race) + 1);
    }

    /** Makes a value of a statement's rows. */
    interface RowReader<T extends @Nullable Object> {

        T read(ResultSet rows) throws SQLException;
    }

    /** Other transactions were in the way. */
    static final class LostRaceException extends RuntimeException {

        LostRaceException(SQLException cause) {
            super("Lost against other transactions several times", cause);
        }
    }

    /** A statement failed for a reason of its own. */
    static final class StatementException extends RuntimeException {

        private final transient SqlState state;

        StatementException(SqlState state, SQLException cause) {
            super("Statement failed with SQLSTATE " + state.code(), cause);
            this.state = state;
        }

        SqlState state() {
            return state;
        }
    }
}
