package com.ecommerce.orders.postgres;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * A data source that opens connections for the pool. While the database can't be reached, it tries several times per
 * second. The pool alone would pause up to five seconds and would notice late that the database is back.
 */
final class RetryingDataSource extends AbstractDataSource {

    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Driver driver;
    private final String url;
    private final Properties properties;
    private final Duration pause;
    private final Duration retrying;
    private int loginTimeout;

    /** @param retrying how long one call keeps trying; shorter than a request waits, so that the request gets the reason */
    RetryingDataSource(Driver driver, String url, Properties properties, Duration retrying) {
        this(driver, url, properties, retrying, PAUSE);
    }

    RetryingDataSource(Driver driver, String url, Properties properties, Duration retrying, Duration pause) {
        this.driver = driver;
        this.url = url;
        this.properties = properties;
        this.retrying = retrying;
        this.pause = pause;
    }

    /** Returns the JDBC URL of the database. */
    String url() {
        return url;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return connect(properties);
    }

    @Override
    public Connection getConnection(String user, @Nullable String password) throws SQLException {
        Properties all = new Properties();
        all.putAll(properties);
        all.setProperty("user", user);
        if (password != null) {
            all.setProperty("password", password);
        }
        return connect(all);
    }

    /**
     * Connects, and tries again for a while. Only the pool's own thread calls this method. At the end it interrupts the
     * thread: the pool then skips its pause, and tries again as soon as the next request needs a connection.
     */
    private Connection connect(Properties all) throws SQLException {
        long end = System.nanoTime() + retrying.toNanos();
        while (true) {
            try {
                return driver.connect(url, all);
            } catch (SQLException e) {
                if (!mayPass(e) || System.nanoTime() + pause.toNanos() > end || !slept()) {
                    Thread.currentThread().interrupt();
                    throw e;
                }
            }
        }
    }

    /** Tells whether another attempt may succeed. A wrong password stays wrong, and would only cause alarms. */
    private static boolean mayPass(SQLException e) {
        SqlState state = SqlState.of(e);
        return state.isLostConnection() || state.isUnavailable();
    }

    private boolean slept() {
        try {
            Thread.sleep(pause.toMillis());
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Returns how long the pool waits for this data source when the pool is closed. */
    @Override
    public int getLoginTimeout() {
        return loginTimeout;
    }

    @Override
    public void setLoginTimeout(int seconds) {
        loginTimeout = seconds;
    }
}
