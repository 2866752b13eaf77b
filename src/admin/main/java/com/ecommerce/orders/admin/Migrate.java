package com.ecommerce.orders.admin;

import com.ecommerce.orders.settings.Setting;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.api.FlywayException;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** The program behind {@code scripts/migrate.sh}. Its settings are environment variables. */
public final class Migrate {

    private static final String DEFAULT_ROLE = "orders_api";

    private Migrate() {}

    /** @param arguments {@code --login} and a way to log in; empty for a login with a password */
    public static void main(String[] arguments) {
        // Spring Boot would configure the logger. Without Spring Boot the logger writes every message.
        LoggingSystem.get(Migrate.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
        try {
            run(arguments, System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println("Not migrated: " + e.getMessage());
            System.exit(2);
        } catch (SQLException | FlywayException e) {
            System.err.println("Not migrated: " + OwnerErrors.of(e, System.getenv()));
            System.exit(1);
        }
    }

    private static void run(String[] arguments, Map<String, String> environment) throws SQLException {
        AppRole.Login login = login(arguments);
        OwnerLogin owner = OwnerLogin.of(environment);
        String role = environment.getOrDefault(Setting.DB_USER.variable(), DEFAULT_ROLE);
        String password =
                login == AppRole.Login.PASSWORD ? OwnerLogin.required(environment, Setting.DB_PASSWORD) : null;
        if (login == AppRole.Login.ENTRA) {
            EntraRole identity = EntraRole.of(role, environment);
            MissingDatabase.create(owner);
            identity.create(owner);
        }
        int count = new Migration(owner.url(), owner.owner(), owner.password()).run(new AppRole(role, login, password));
        System.out.println(
                count == 0 ? "The database is up to date." : "The database is migrated: " + count + " new migrations.");
    }

    private static AppRole.Login login(String[] arguments) {
        if (arguments.length == 0) {
            return AppRole.Login.PASSWORD;
        }
        if (arguments.length != 2 || !arguments[0].equals("--login")) {
            throw new IllegalArgumentException("the only option is --login, with one of " + AppRole.Login.names());
        }
        try {
            return AppRole.Login.parse(arguments[1]);
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("--login must be one of " + AppRole.Login.names(), unknown);
        }
    }
}
