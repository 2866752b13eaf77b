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

/** Orders in the database that the adapter or {@code DB_URL} names. */
public final class PostgresConfiguration implements BeanRegistrar {

    /** A connection idle for less is handed out as it is: asking the server first would be a second round trip. */
    private static final Duration TRUSTED_WHILE_IDLE = Duration.ofSeconds(30);

    /** How long a request waits for a connection: short, so that callers learn within seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** The same where there is no password: the platform's login fetches a token first, slowly at a cold start. */
    private static final Duration PATIENCE_FOR_TOKENS = Duration.ofSeconds(5);

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

    /** Opens nothing yet: a function's start must not depend on its database. */
    private static HikariDataSource dataSource(SupplierContext context) {
        DatabaseSettings ofAdapter =
                context.beanProvider(DatabaseSettings.class).getIfAvailable();
        DatabaseSettings settings =
                ofAdapter == null ? context.bean(OrdersSettings.class).database() : ofAdapter;
        if (settings == null) {
            throw Setting.DB_URL.invalid();
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
        pool.setExceptionOverride(new LostConnections());
        // Else each request would try to make the pool, one after the other, as long as the database is away.
        pool.setInitializationFailTimeout(-1);
        Duration patience = settings.password() == null ? PATIENCE_FOR_TOKENS : PATIENCE;
        pool.setConnectionTimeout(patience.toMillis());
        pool.setValidationTimeout(PATIENCE.minusMillis(500).toMillis());
        pool.setDataSource(new RetryingDataSource(
                driver(settings.url()), settings.url(), connection(patience), patience.minusMillis(500)));
    }

    /** Takes PostgreSQL's driver itself, since the JDK's manager of drivers would start every other that is there. */
    private static Driver driver(String url) {
        try {
            return url.startsWith("jdbc:postgresql:") ? new org.postgresql.Driver() : DriverManager.getDriver(url);
        } catch (SQLException e) {
            throw Setting.DB_URL.must("name a driver that is in this artifact");
        }
    }

    private static Properties connection(Duration patience) {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "orders-api");
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("loginTimeout", Long.toString(patience.toSeconds()));
        // Longer than the role's statement_timeout of 10 s, so that it ends only what the server can't end any more.
        properties.setProperty("socketTimeout", "12");
        properties.setProperty("tcpKeepAlive", "true");
        // Details of an error quote what customers sent.
        properties.setProperty("logServerErrorDetail", "false");
        return properties;
    }

    private static Database database(HikariDataSource dataSource) {
        return new Database(dataSource, new TenantShares(dataSource.getMaximumPoolSize(), PATIENCE));
    }
}
