package com.ecommerce.orders.postgres;

import com.ecommerce.orders.settings.SettingException;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * Where the database is and who logs in.
 *
 * @param url JDBC URL of PostgreSQL, with or without a wrapping driver
 * @param password {@code null} where the platform logs in without one
 * @param poolSize how many connections at most, at least 1
 */
public record DatabaseSettings(String url, String user, @Nullable String password, int poolSize) {

    private static final int DEFAULT_POOL_SIZE = 10;

    /** @throws SettingException if one of the settings is missing or wrong */
    static DatabaseSettings of(Environment environment) {
        String url = environment.getProperty("DB_URL", "");
        if (!url.startsWith("jdbc:") || !url.contains("postgresql:")) {
            throw new SettingException(
                    "DB_URL",
                    "must be the JDBC URL of a PostgreSQL database",
                    "jdbc:postgresql://localhost:5432/orders");
        }
        String user = environment.getProperty("DB_USER", "");
        if (user.isBlank()) {
            throw new SettingException("DB_USER", "must name the application's database role", "orders_api");
        }
        String password = environment.getProperty("DB_PASSWORD");
        if (password != null && password.startsWith("@Microsoft.KeyVault(")) {
            throw new SettingException("The setting DB_PASSWORD is a Key Vault reference that was not resolved; check"
                    + " that the function's identity may read the secret");
        }
        return new DatabaseSettings(url, user, password, poolSize(environment));
    }

    /** {@code DB_POOL_SIZE}. */
    public static int poolSize(Environment environment) {
        String text = environment.getProperty("DB_POOL_SIZE", Integer.toString(DEFAULT_POOL_SIZE));
        if (!text.matches("[1-9][0-9]{0,2}")) {
            throw new SettingException("DB_POOL_SIZE", "must be a number from 1 to 999", "10");
        }
        return Integer.parseInt(text);
    }

    /**
     * Makes UTC the time zone of this process and so of its database sessions: the driver sends the name of the process's
     * zone, and PostgreSQL refuses a connection with a name that only Java knows.
     */
    public static void useUtc() {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    }

    /** Without the password. */
    @Override
    public String toString() {
        return url.replaceAll("\\?.*", "") + " as " + user;
    }
}
