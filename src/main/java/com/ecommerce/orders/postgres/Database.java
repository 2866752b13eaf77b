package com.ecommerce.orders.postgres;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.OrdersUnavailableException;
import com.ecommerce.orders.operation.OrdersUnavailableException.Outcome;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.operation.RequestProblem;
import com.ecommerce.orders.order.Readiness;
import com.zaxxer.hikari.HikariDataSource;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database. Each call is one statement, one round trip and one transaction.
 *
 * <p>Only this class sends statements again: once after a lost connection, over a new connection, and several times after
 * a lost race. Every statement must therefore be safe to send again.
 */
public final class Database {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int MAX_RACES = 5;
    private static final int MAX_BACKOFF_NANOS = 20_000_000;

    /** A secure generator: processes that start from the same memory snapshot must not have the same seed. */
    private static final Random JITTER = new SecureRandom();

    private final HikariDataSource dataSource;
    private final TenantShares shares;
    private final @Nullable RoundTripObserver observer;

    Database(HikariDataSource dataSource, TenantShares shares) {
        this(dataSource, shares, null);
    }

    private Database(HikariDataSource dataSource, TenantShares shares, @Nullable RoundTripObserver observer) {
        this.dataSource = dataSource;
        this.shares = shares;
        this.observer = observer;
    }

    /** Returns the same database. {@code observer} observes each of its round trips, with the wait for a connection. */
    public Database observedBy(RoundTripObserver observer) {
        return new Database(dataSource, shares, observer);
    }

    /**
     * Runs a statement that changes nothing, and returns the result of {@code reader}.
     *
     * @throws OrdersUnavailableException if the database can't be reached or can't serve now; also logged
     * @throws StatementException if the statement itself failed
     */
    <T extends @Nullable Object> T read(
            TenantId tenant, String sql, RowReader<T> reader, @Nullable Object... arguments) {
        return shares.within(tenant, () -> {
            try {
                return read(sql, reader, arguments);
            } catch (OrdersUnavailableException e) {
                throw logged(e);
            }
        });
    }

    /** Does the same for a statement without a tenant. Logs nothing. */
    <T extends @Nullable Object> T read(String sql, RowReader<T> reader, @Nullable Object... arguments) {
        try {
            return query(sql, reader, arguments);
        } catch (LostRaceException lost) {
            throw new OrdersUnavailableException("The database is too busy", Outcome.NOT_STORED, lost);
        }
    }

    /**
     * Runs a statement that stores something, and returns the result of {@code reader}.
     *
     * @throws OrdersUnavailableException if the database can't be reached or can't serve now; also logged. The exception
     *     tells whether the statement may nevertheless be stored.
     * @throws LostRaceException if other transactions interfered several times; nothing is stored
     * @throws StatementException if the statement itself failed; nothing is stored
     */
    <T extends @Nullable Object> T write(
            TenantId tenant, String sql, RowReader<T> reader, @Nullable Object... arguments) {
        return shares.within(tenant, () -> {
            try {
                return query(sql, reader, arguments);
            } catch (OrdersUnavailableException e) {
                throw logged(e);
            }
        });
    }

    private static OrdersUnavailableException logged(OrdersUnavailableException e) {
        if (e.getCause() instanceof SQLException cause && SqlState.of(cause).isNotMigrated()) {
            LOG.error(e.getMessage());
        } else {
            LOG.warn(e.getMessage());
        }
        return e;
    }

    /** Returns the reason why the database can't be used, and what to do. */
    Readiness.Failure diagnose(OrdersUnavailableException e) {
        String url = dataSource.getDataSource() instanceof RetryingDataSource source ? source.url() : "";
        return DatabaseDiagnosis.of(
                e.getCause(),
                new DatabaseDiagnosis.Login(
                        url, dataSource.getUsername(), dataSource.getPassword() != null, "DB_USER", "DB_PASSWORD"));
    }

    private <T extends @Nullable Object> T query(String sql, RowReader<T> reader, @Nullable Object... arguments) {
        return observer == null
                ? run(sql, reader, arguments)
                : observer.observe(sql, () -> run(sql, reader, arguments));
    }

    private <T extends @Nullable Object> T run(String sql, RowReader<T> reader, @Nullable Object... arguments) {
        // An attempt that lost its connection may be committed. After that, only a success tells what happened.
        boolean lostOne = false;
        for (int race = 1; ; ) {
            boolean sent = false;
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
                if (state.isOfTheServer() && !(state.isLostConnection() && LostConnections.isReportedByTheServer(e))) {
                    dataSource.getHikariPoolMXBean().softEvictConnections();
                }
                if (state.isLostConnection() && sent && !lostOne) {
                    lostOne = true;
                } else if (state.isLostRace() && race < MAX_RACES) {
                    backOff(race++);
                } else {
                    throw translate(e, state, sent, lostOne);
                }
            }
        }
    }

    /**
     * Returns the exception for a failed statement. If the server reported an error, it has rolled back the statement. If
     * the connection was lost after the statement was sent, the statement may be stored.
     */
    private static RuntimeException translate(SQLException e, SqlState state, boolean sent, boolean lostOne) {
        Outcome outcome = lostOne || sent && state.isLostConnection() ? Outcome.UNKNOWN : Outcome.NOT_STORED;
        if (lostOne || state.isUnavailable() || e instanceof SQLTransientConnectionException || !sent) {
            return new OrdersUnavailableException(
                    "The database can't serve now (SQLSTATE " + state.code() + "): " + DatabaseDiagnosis.causes(e),
                    outcome,
                    e);
        }
        if (state.isLostRace()) {
            return new LostRaceException(e);
        }
        if (state.isNotMigrated()) {
            return new OrdersUnavailableException(
                    "The database lacks what this version needs. Run scripts/migrate.sh. "
                            + DatabaseDiagnosis.causes(e),
                    outcome,
                    e);
        }
        return new StatementException(state, e);
    }

    private static void backOff(int race) {
        LockSupport.parkNanos(JITTER.nextInt(MAX_BACKOFF_NANOS / MAX_RACES * race) + 1);
    }

    /** A function that turns the rows of a statement into a value. */
    interface RowReader<T extends @Nullable Object> {

        T read(ResultSet rows) throws SQLException;
    }

    /** Other transactions interfered with the statement several times. */
    static final class LostRaceException extends RuntimeException {

        LostRaceException(SQLException cause) {
            super("Other transactions interfered with the statement several times", cause);
        }
    }

    /** The statement itself failed. */
    static final class StatementException extends RuntimeException {

        /** The SQL function that waits for an idempotency key. */
        private static final String CLAIM_KEY = "claim_key_";

        private final transient SqlState state;

        StatementException(SqlState state, SQLException cause) {
            super("Statement failed with SQLSTATE " + state.code(), cause);
            this.state = state;
        }

        SqlState state() {
            return state;
        }

        /**
         * Returns the problem of a write that waited too long for a lock.
         *
         * @throws StatementException this exception, if the statement failed for another reason
         */
        Problem lockTimeoutProblem() {
            if (!state.isLockTimeout()) {
                throw this;
            }
            return isInside(CLAIM_KEY) ? new RequestProblem.IdempotencyInFlight() : new RequestProblem.Conflict();
        }

        /** Tells whether the statement failed inside the SQL function whose name starts with {@code function}. */
        boolean isInside(String function) {
            ServerErrorMessage message =
                    getCause() instanceof PSQLException failure ? failure.getServerErrorMessage() : null;
            // The text lists the functions that were running. The server may translate it, but never the names.
            String running = message == null ? null : message.getWhere();
            return running != null && running.contains(function);
        }
    }
}
