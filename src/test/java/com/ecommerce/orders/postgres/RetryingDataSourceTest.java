package com.ecommerce.orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.settings.DatabaseSettings;
import com.ecommerce.orders.testkit.LogWatch;
import com.ecommerce.orders.testkit.TestDatabase;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class RetryingDataSourceTest {

    private static final Duration PAUSE = Duration.ofMillis(1);
    private static final Duration FOR_EVER = Duration.ofHours(1);

    private final AtomicInteger tries = new AtomicInteger();
    private int refusals;
    private int losses;
    private String state = "08001";

    @Test
    void triesAgainUntilTheDatabaseIsBack() throws Exception {
        refusals = 20;
        try (Connection connection = dataSource(FOR_EVER).getConnection(TestDatabase.USER, TestDatabase.PASSWORD)) {
            assertThat(connection.isValid(1)).isTrue();
        }
        assertThat(tries).hasValue(21);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void givesUpWithTheReasonAndLetsThePoolSkipItsPause() {
        refusals = Integer.MAX_VALUE;

        assertThatThrownBy(() -> dataSource(Duration.ofMillis(20)).getConnection())
                .isInstanceOf(SQLException.class)
                .hasMessage("refused");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void triesAWrongPasswordOnce() {
        refusals = Integer.MAX_VALUE;
        state = "28P01";

        assertThatThrownBy(() -> dataSource(FOR_EVER).getConnection()).hasMessage("refused");
        assertThat(tries).hasValue(1);
        assertThat(Thread.interrupted()).isTrue();
    }

    /** The pool's own pauses are so long by this time that most requests start and end within one pause. */
    @Test
    void everyRequestInALongOutageTriesTheDatabaseAgain() {
        refusals = Integer.MAX_VALUE;
        HikariConfig config = new HikariConfig();
        PostgresConfiguration.configure(
                config, new DatabaseSettings(TestDatabase.get().url(), TestDatabase.USER, TestDatabase.PASSWORD, 2));
        config.setConnectionTimeout(250);
        config.setDataSource(dataSource(Duration.ofMillis(50)));
        try (HikariDataSource pool = new HikariDataSource(config)) {
            for (int request = 0; request < 20; request++) {
                int before = tries.get();
                assertThatThrownBy(pool::getConnection)
                        .isInstanceOf(SQLTransientConnectionException.class)
                        .hasRootCauseMessage("refused");
                assertThat(tries.get()).isGreaterThan(before);
            }
        }
    }

    /** The pool asks its first connection for the isolation level. Without a level in its settings it had none for ever. */
    @Test
    void thePoolServesAfterItsFirstConnectionWasLost() throws Exception {
        losses = 1;
        HikariConfig config = new HikariConfig();
        PostgresConfiguration.configure(
                config, new DatabaseSettings(TestDatabase.get().url(), TestDatabase.USER, TestDatabase.PASSWORD, 2));
        config.setDataSource(dataSource(FOR_EVER));
        try (HikariDataSource pool = new HikariDataSource(config);
                Connection connection = pool.getConnection()) {
            assertThat(connection.isValid(1)).isTrue();
        }
        assertThat(tries.get()).isGreaterThan(1);
    }

    /**
     * The pool waits for the thread that opens connections as long as the data source says. With zero the pool logged a
     * warning.
     */
    @Test
    void thePoolIsClosedWithoutAWarning() throws Exception {
        HikariConfig config = new HikariConfig();
        PostgresConfiguration.configure(
                config, new DatabaseSettings(TestDatabase.get().url(), TestDatabase.USER, TestDatabase.PASSWORD, 2));
        try (LogWatch log = LogWatch.start()) {
            for (int i = 0; i < 5; i++) {
                HikariDataSource pool = new HikariDataSource(config);
                pool.getConnection().close();
                pool.close();
            }
            assertThat(log.lines()).isEmpty();
        }
    }

    /** Returns a connection that is lost when the pool asks for its isolation level. */
    private static Connection losing(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                RetryingDataSourceTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("getTransactionIsolation")) {
                        connection.close();
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private RetryingDataSource dataSource(Duration retrying) {
        return new RetryingDataSource(new Refusing(), TestDatabase.get().url(), new Properties(), retrying, PAUSE);
    }

    /** PostgreSQL's driver, for which the server is down at first. */
    private final class Refusing implements Driver {

        private final Driver driver = new org.postgresql.Driver();

        @Override
        public Connection connect(String url, Properties properties) throws SQLException {
            if (tries.incrementAndGet() <= refusals) {
                throw new SQLException("refused", state);
            }
            Connection connection = driver.connect(url, properties);
            return tries.get() <= losses ? losing(connection) : connection;
        }

        @Override
        public boolean acceptsURL(String url) {
            return true;
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
            return new DriverPropertyInfo[0];
        }

        @Override
        public int getMajorVersion() {
            return 1;
        }

        @Override
        public int getMinorVersion() {
            return 0;
        }

        @Override
        public boolean jdbcCompliant() {
            return false;
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }
    }
}
