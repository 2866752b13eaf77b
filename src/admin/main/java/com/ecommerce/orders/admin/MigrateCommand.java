package com.ecommerce.orders.admin;

import com.ecommerce.orders.settings.Setting;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.flywaydb.core.api.FlywayException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The command that brings a database to the newest schema. Its settings are environment variables. */
@Command(
        name = "migrate",
        description = {
            "Brings the database of DB_URL to the newest schema, and creates or updates the role that the API logs in as."
                    + " Safe to repeat."
        },
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  DB_URL             JDBC URL, for example jdbc:postgresql://db.example.org:5432/orders?sslmode=verify-full",
            "  DB_OWNER           role that owns the tables; needs CREATEROLE; do not use a superuser",
            "  DB_OWNER_PASSWORD  password of the owner",
            "  DB_USER            role of the API (default: orders_api)",
            "  DB_PASSWORD        password of the role, for --login password",
            "  DB_USER_OBJECT_ID  object id (principal id) of the managed identity, for --login entra"
        })
public final class MigrateCommand implements Callable<Integer> {

    private static final String DEFAULT_ROLE = "orders_api";

    private final Map<String, String> environment;
    private final PrintWriter out;

    @Option(
            names = "--login",
            paramLabel = "HOW",
            converter = LoginConverter.class,
            description = "How the role of the API logs in: password (default), or with tokens of the cloud: rds-iam,"
                    + " entra, cloudsql-iam. entra also creates the database if it does not exist.")
    private AppRole.Login login = AppRole.Login.PASSWORD;

    /** @param out receives the result */
    public MigrateCommand(Map<String, String> environment, PrintWriter out) {
        this.environment = environment;
        this.out = out;
    }

    /** @throws IllegalArgumentException if a setting is missing or wrong */
    @Override
    public Integer call() {
        OwnerLogin owner = OwnerLogin.of(environment);
        String role = environment.getOrDefault(Setting.DB_USER.variable(), DEFAULT_ROLE);
        String password =
                login == AppRole.Login.PASSWORD ? OwnerLogin.required(environment, Setting.DB_PASSWORD) : null;
        try {
            int count = migrate(owner, new AppRole(role, login, password));
            out.println(
                    count == 0
                            ? "The database is up to date."
                            : "The database is migrated. New migrations: " + count + ".");
            return 0;
        } catch (SQLException | FlywayException e) {
            throw new IllegalStateException("not migrated: " + OwnerErrors.of(e, environment), e);
        }
    }

    private int migrate(OwnerLogin owner, AppRole role) throws SQLException {
        if (login == AppRole.Login.ENTRA) {
            EntraRole identity = EntraRole.of(role.name(), environment);
            MissingDatabase.create(owner);
            identity.create(owner);
        }
        return new Migration(owner.url(), owner.owner(), owner.password()).run(role);
    }

    /** Reads a way to log in. */
    private static final class LoginConverter implements ITypeConverter<AppRole.Login> {

        @Override
        public AppRole.Login convert(String text) {
            try {
                return AppRole.Login.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("must be one of " + AppRole.Login.names() + ", not '" + text + "'");
            }
        }
    }
}
