package com.ecommerce.orders.postgres;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Opens connections for the pool, and tries several times a second while the database can't be reached. The pool's own
 * pauses between two tries grow to five seconds, in which it would not notice that the database is back.
 */
final class RetryingDataSource extends AbstractDataSource {

    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Driver driver;
    private final String url;
    private final Properties properties;
    private final Duration pause;
    private final Duration retrying;
    private int loginTimeout;

    /** @param retrying how long one call goes on; shorter than a request waits, so that the request learns the reason */
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

    /** The JDBC URL of the database. */
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
     * Called by the pool's own thread only. When it gives up, it leaves that thread interrupted: so the pool skips its
     * pause, and tries again as soon as the next request needs a connection.
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

    /** A wrong password or name stays wrong: to try it again would only load the server and trip its alarms. */
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

    /** How long the pool waits for this when it is closed. */
    @Override
    public int getLoginTimeout() {
        return loginTimeout;
    }

    @Override
    public void setLoginTimeout(int seconds) {
        loginTimeout = seconds;
    }
}
