package com.ecommerce.orders.postgres;

import com.ecommerce.orders.order.Orders;
import com.ecommerce.orders.order.Readiness;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Orders in the database that the adapter or {@code DB_URL} names. */
@Configuration(proxyBeanMethods = false)
class PostgresConfiguration {

    /** A connection idle for less is handed out as it is: asking the server first would be a second round trip. */
    private static final Duration TRUSTED_WHILE_IDLE = Duration.ofSeconds(30);

    /** How long a request waits for a connection: short, so that callers learn within seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Opens nothing yet: a function's start must not depend on its database. */
    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(Environment environment, ObjectProvider<DatabaseSettings> adapters) {
        DatabaseSettings settings = adapters.getIfAvailable(() -> DatabaseSettings.of(environment));
        System.setProperty("com.zaxxer.hikari.aliveBypassWindowMs", Long.toString(TRUSTED_WHILE_IDLE.toMillis()));
        HikariDataSource dataSource = new HikariDataSource();
        configure(dataSource, settings);
        return dataSource;
    }

    private static void configure(HikariConfig pool, DatabaseSettings settings) {
        pool.setPoolName("orders");
        pool.setJdbcUrl(settings.url());
        pool.setUsername(settings.user());
        pool.setPassword(settings.password());
        pool.setMaximumPoolSize(settings.poolSize());
        pool.setMinimumIdle(1);
        // Else each request would try to make the pool, one after the other, as long as the database is away.
        pool.setInitializationFailTimeout(-1);
        pool.setConnectionTimeout(PATIENCE.toMillis());
        pool.setValidationTimeout(PATIENCE.minusMillis(500).toMillis());
        pool.addDataSourceProperty("ApplicationName", "orders-api");
        pool.addDataSourceProperty("connectTimeout", "2");
        pool.addDataSourceProperty("loginTimeout", "2");
        // Longer than the role's statement_timeout of 10 s, so that it ends only what the server can't end any more.
        pool.addDataSourceProperty("socketTimeout", "12");
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        // Details of an error quote what customers sent.
        pool.addDataSourceProperty("logServerErrorDetail", "false");
    }

    @Bean
    Database database(HikariDataSource dataSource) {
        return new Database(dataSource, new TenantShares(dataSource.getMaximumPoolSize(), PATIENCE));
    }

    @Bean
    Orders orders(Database database) {
        return new PostgresOrders(database);
    }

    @Bean
    Readiness readiness(Database database) {
        return new PostgresReadiness(database);
    }
}
