package com.ecommerce.orders.postgres;

import com.ecommerce.orders.order.Orders;
import com.ecommerce.orders.order.Readiness;
import com.ecommerce.orders.settings.DatabaseSettings;
import com.ecommerce.orders.settings.OrdersSettings;
import com.ecommerce.orders.settings.Setting;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.core.env.Environment;

/** Registers the orders in the database that the adapter or {@code DB_URL} names. */
public final class PostgresConfiguration implements BeanRegistrar {

    /** A connection that was idle for a shorter time is used without a check, which would be a second round trip. */
    private static final Duration TRUSTED_WHILE_IDLE = Duration.ofSeconds(30);

    /** The time that a request waits for a connection. It is short, so that callers get a response within seconds. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** The same without a password: the platform's login first fetches a token, which is slow at a cold start. */
    private static final Duration TIMEOUT_WITH_TOKEN = Duration.ofSeconds(5);

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        DatabaseSettings.useUtc();
        registry.registerBean(
                "dataSource", HikariDataSource.class, spec -> spec.supplier(PostgresConfiguration::dataSource));
        registry.registerBean(
                "database",
                Database.class,
                spec -> spec.supplier(context -> database(context.bean(HikariDataSource.class))));
        registry.registerBean(
                "orders",
                Orders.class,
                spec -> spec.supplier(context -> new PostgresOrders(context.bean(Database.class))));
        registry.registerBean(
                "readiness",
                Readiness.class,
                spec -> spec.supplier(context -> new PostgresReadiness(context.bean(Database.class))));
    }

    /** Creates the pool. Opens no connection yet: a function must start without its database. */
    private static HikariDataSource dataSource(SupplierContext context) {
        DatabaseSettings ofAdapter =
                context.beanProvider(DatabaseSettings.class).getIfAvailable();
        DatabaseSettings settings =
                ofAdapter == null ? context.bean(OrdersSettings.class).database() : ofAdapter;
        if (settings == null) {
            throw Setting.DB_URL.missing();
        }
        System.setProperty("com.zaxxer.hikari.aliveBypassWindowMs", Long.toString(TRUSTED_WHILE_IDLE.toMillis()));
        HikariDataSource dataSource = new HikariDataSource();
        configure(dataSource, settings);
        return dataSource;
    }

    static void configure(HikariConfig pool, DatabaseSettings settings) {
        pool.setPoolName("orders");
        pool.setUsername(settings.user());
        pool.setPassword(settings.password());
        pool.setMaximumPoolSize(settings.poolSize());
        pool.setMinimumIdle(1);
        // Otherwise the pool asks its first connection. If that connection is lost, the pool never opens another one.
        pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        pool.setExceptionOverride(new LostConnections());
        // Otherwise the requests would try to create the pool one after the other while the database is down.
        pool.setInitializationFailTimeout(-1);
        Duration timeout = settings.password() == null ? TIMEOUT_WITH_TOKEN : TIMEOUT;
        pool.setConnectionTimeout(timeout.toMillis());
        pool.setValidationTimeout(TIMEOUT.minusMillis(500).toMillis());
        pool.setDataSource(new RetryingDataSource(
                driver(settings.url()), settings.url(), connection(timeout), timeout.minusMillis(500)));
    }

    /** Creates PostgreSQL's driver directly: the JDK's {@link DriverManager} would load all other drivers as well. */
    private static Driver driver(String url) {
        try {
            return url.startsWith("jdbc:postgresql:") ? new org.postgresql.Driver() : DriverManager.getDriver(url);
        } catch (SQLException e) {
            throw Setting.DB_URL.must("name a driver that is in this artifact");
        }
    }

    private static Properties connection(Duration timeout) {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "orders-api");
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("loginTimeout", Long.toString(timeout.toSeconds()));
        // Longer than the role's statement_timeout of 10 s: it ends only statements that the server can't end.
        properties.setProperty("socketTimeout", "12");
        properties.setProperty("tcpKeepAlive", "true");
        // The details of an error quote data of customers.
        properties.setProperty("logServerErrorDetail", "false");
        return properties;
    }

    private static Database database(HikariDataSource dataSource) {
        return new Database(dataSource, new TenantShares(dataSource.getMaximumPoolSize(), TIMEOUT));
    }
}
