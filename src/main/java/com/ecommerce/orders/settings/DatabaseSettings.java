package com.ecommerce.orders.settings;

import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * The database, and the role that logs in.
 *
 * @param url the JDBC URL of PostgreSQL, with or without a wrapping driver
 * @param user the application's database role
 * @param password the role's password; {@code null} (the default) if the platform logs in without a password
 * @param poolSize the largest number of connections, from 1 to 999; 10 by default, 16 locally, 1 on Lambda
 */
public record DatabaseSettings(String url, String user, @Nullable String password, int poolSize) {

    /** Reads the settings. Returns {@code null} if no setting names a database. */
    static @Nullable DatabaseSettings of(SettingsReader reader) {
        int poolSize = poolSize(reader);
        String url = reader.text(Setting.DB_URL);
        if (url == null) {
            OrdersSettings.requireFor(Setting.DB_USER, Setting.DB_URL, reader);
            OrdersSettings.requireFor(Setting.DB_PASSWORD, Setting.DB_URL, reader);
            return null;
        }
        if (!url.startsWith("jdbc:") || !url.contains("postgresql:")) {
            throw Setting.DB_URL.invalid();
        }
        return new DatabaseSettings(url, user(reader), password(reader), poolSize);
    }

    private static String user(SettingsReader reader) {
        String user = reader.text(Setting.DB_USER);
        if (user == null) {
            throw Setting.DB_USER.missing();
        }
        return user;
    }

    private static @Nullable String password(SettingsReader reader) {
        String password = reader.secret(Setting.DB_PASSWORD);
        if (password != null && password.startsWith("@Microsoft.KeyVault(")) {
            throw new SettingException(
                    "The setting " + Setting.DB_PASSWORD.variable() + " is a Key Vault reference that"
                            + " was not resolved. Check that the function's identity may read the secret.");
        }
        return password;
    }

    /** Returns the largest number of connections. It also applies to a database that no setting names. */
    public static int poolSize(SettingsReader reader) {
        return reader.integer(Setting.DB_POOL_SIZE);
    }

    /**
     * Makes UTC the time zone of this process. The driver sends the time zone to the database, and PostgreSQL refuses a
     * connection with a name that only Java knows.
     */
    public static void useUtc() {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    }

    /** Returns a text without the password. */
    @Override
    public String toString() {
        return url.replaceAll("\\?.*", "") + " as " + user;
    }
}
