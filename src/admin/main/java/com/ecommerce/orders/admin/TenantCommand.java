package com.ecommerce.orders.admin;

import com.ecommerce.orders.identity.TenantId;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/**
 * The commands about the data of a tenant or of one person. Their settings are environment variables.
 *
 * <p>Wrong settings are an {@link IllegalArgumentException}. All other failures are an {@link IllegalStateException}.
 */
@Command(
        name = "tenant",
        subcommands = HelpCommand.class,
        description = {
            "Exports or erases the data of a tenant, or of one of its customers.",
            "Without --yes, erase, erase-customer and re-erase print what they would erase, and erase nothing."
        },
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  DB_URL             JDBC URL, for example jdbc:postgresql://db.example.org:5432/orders?sslmode=verify-full",
            "  DB_OWNER           role that owns the tables",
            "  DB_OWNER_PASSWORD  password of the owner"
        })
public final class TenantCommand {

    private static final String YES = "Erase permanently.";
    private static final String REGISTER =
            "Append an entry to this file, with which re-erase can repeat the erasure after a"
                    + " restore. Without this option the entry goes to standard output.";

    private final Map<String, String> environment;
    private final PrintWriter data;
    private final PrintWriter messages;

    /**
     * @param data receives the exported data
     * @param messages receives all other output
     */
    public TenantCommand(Map<String, String> environment, PrintWriter data, PrintWriter messages) {
        this.environment = environment;
        this.data = data;
        this.messages = messages;
    }

    @Command(
            name = "export",
            description = "Writes all data of a tenant to standard output, one JSON object in a line.")
    int export(@Parameters(paramLabel = "TENANT", converter = TenantConverter.class) TenantId tenant) {
        return run(connection -> {
            Map<TenantTables, Long> counts = TenantExport.write(connection, tenant.value(), data);
            refuseUnknown(tenant, counts);
            if (data.checkError()) {
                throw new IllegalStateException("the export is incomplete, because its output could not be written");
            }
            messages.println("Exported tenant " + tenant + ": " + TenantTables.describe(counts) + ".");
        });
    }

    @Command(
            name = "erase",
            description =
                    "Deletes all data of a tenant: orders, items, transactions, fulfillments, cancellations, returns,"
                            + " events, the event log and stored responses.")
    int erase(
            @Parameters(paramLabel = "TENANT", converter = TenantConverter.class) TenantId tenant,
            @Option(names = "--yes", description = YES) boolean confirmed,
            @Option(names = "--register", paramLabel = "FILE", description = REGISTER) @Nullable Path file) {
        Optional<ErasureRegister> register = register(file);
        return run(connection -> {
            Map<TenantTables, Long> counts = TenantTables.count(connection, tenant.value());
            refuseUnknown(tenant, counts);
            if (!confirmed) {
                messages.println("Tenant " + tenant + " has " + TenantTables.describe(counts)
                        + ". Nothing was erased. Add --yes to erase all of it permanently.");
                return;
            }
            TenantErasure.Result result = TenantErasure.erase(connection, tenant.value());
            commit(connection, register, ErasureEntry.ofTenant(result.at(), tenant));
            messages.println("Erased tenant " + tenant + ": " + TenantTables.describe(result.counts()) + ".");
        });
    }

    @Command(
            name = "erase-customer",
            description = {
                "Removes the data of one person from orders and all that belongs to them. The orders are kept.",
                "Run the command without --yes first, and check the spellings of the e-mail that it prints."
            })
    int eraseCustomer(
            @Parameters(paramLabel = "TENANT", converter = TenantConverter.class) TenantId tenant,
            @Parameters(
                            paramLabel = "CUSTOMER_ID|EMAIL",
                            converter = PersonConverter.class,
                            description = "The id of a customer or user, or an e-mail.")
                    String person,
            @Option(names = "--yes", description = YES) boolean confirmed,
            @Option(names = "--register", paramLabel = "FILE", description = REGISTER) @Nullable Path file) {
        Optional<ErasureRegister> register = register(file);
        return run(connection -> {
            refuseUnknown(tenant, TenantTables.count(connection, tenant.value()));
            CustomerErasure.Result result = CustomerErasure.erase(connection, tenant.value(), person);
            if (result.isNothing()) {
                throw new IllegalStateException("nothing of tenant " + tenant + " names " + person);
            }
            String counts = TenantTables.describe(result.counts());
            if (confirmed) {
                commit(
                        connection,
                        register,
                        ErasureEntry.ofPerson(Instant.now(), tenant, result.references(), result.orders()));
                messages.println("Erased " + person + " from " + counts + " of tenant " + tenant + ".");
            } else {
                connection.rollback();
                messages.println(person + " is named in " + counts + " of tenant " + tenant
                        + ". Nothing was erased. Add --yes to erase their data permanently.");
            }
            printNames(result);
        });
    }

    @Command(
            name = "purge",
            aliases = "purge-keys",
            description =
                    "Deletes old stored responses of all tenants. Requests that write also delete old responses of"
                            + " their tenant.")
    int purge(
            @Option(
                            names = "--older-than",
                            paramLabel = "HOURS",
                            defaultValue = "72",
                            converter = AgeConverter.class,
                            description = "The age from which responses are deleted: 72 hours (default) or more.")
                    Duration age) {
        return run(connection -> messages.println("Removed " + KeyRetention.purge(connection, age)
                + " stored responses older than " + age.toHours() + " hours."));
    }

    @Command(
            name = "re-erase",
            description = {
                "Repeats all erasures of a register. Use it after the restore of a backup from before an erasure, and before"
                        + " clients use the database.",
                "Without --yes, the command prints what it would erase, and erases nothing. Safe to repeat."
            })
    int reErase(
            @Option(
                            names = "--register",
                            required = true,
                            paramLabel = "FILE",
                            description = "The file that erase and erase-customer have written.")
                    Path file,
            @Option(names = "--yes", description = YES) boolean confirmed) {
        List<ErasureEntry> entries = new ErasureRegister(file).read();
        return run(connection -> new RepeatedErasure(connection, messages, confirmed).repeat(entries));
    }

    private static Optional<ErasureRegister> register(@Nullable Path file) {
        Optional<ErasureRegister> register = Optional.ofNullable(file).map(ErasureRegister::new);
        register.ifPresent(ErasureRegister::checkWritable);
        return register;
    }

    /** Records an erasure before the database commits the erasure, so that no erasure is missing in the register. */
    private void commit(Connection connection, Optional<ErasureRegister> register, ErasureEntry entry) {
        record(register, entry);
        try {
            connection.commit();
        } catch (SQLException e) {
            String file = register.map(found -> found.file().toString()).orElse("the standard output");
            throw new IllegalStateException(
                    "the outcome is unknown, because the database did not confirm the erasure ("
                            + OwnerErrors.of(e, environment) + "). " + file + " has the line " + entry.toJson()
                            + ". Repeat the erasure, or delete this line if the data stays",
                    e);
        }
    }

    private void record(Optional<ErasureRegister> register, ErasureEntry entry) {
        if (register.isPresent()) {
            register.get().append(entry);
            return;
        }
        data.println(entry.toJson());
        if (data.checkError()) {
            throw new IllegalStateException(
                    "nothing was erased, because the entry of the register could not be written to standard output");
        }
    }

    private int run(Work work) {
        OwnerLogin login = OwnerLogin.of(environment);
        try (Connection connection = login.connectToTables()) {
            work.on(connection);
            return 0;
        } catch (UncheckedIOException e) {
            throw new IllegalStateException(e.getMessage() + " (" + e.getCause() + ")", e);
        } catch (SQLException e) {
            throw new IllegalStateException(OwnerErrors.of(e, environment), e);
        }
    }

    private void printNames(CustomerErasure.Result result) {
        if (!result.spellings().isEmpty()) {
            messages.println("Their e-mail is stored as " + String.join(", ", result.spellings()) + ".");
        }
        if (!result.otherNames().isEmpty()) {
            messages.println("The same orders name them as " + String.join(", ", result.otherNames())
                    + " as well. Other orders may have only these names. Run this command again with each name.");
        }
    }

    private static void refuseUnknown(TenantId tenant, Map<TenantTables, Long> counts) {
        if (TenantTables.isNothing(counts)) {
            throw new IllegalStateException("there is no data of a tenant " + tenant
                    + ". Spell the tenant as in its tokens, or as in ORDERS_IDENTITY_TENANTS_ALIAS");
        }
    }

    /** The work of a command. */
    private interface Work {

        void on(Connection connection) throws SQLException;
    }

    /** Reads a tenant. */
    private static final class TenantConverter implements ITypeConverter<TenantId> {

        @Override
        public TenantId convert(String text) {
            try {
                return new TenantId(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    /** Reads the name of a person. */
    private static final class PersonConverter implements ITypeConverter<String> {

        @Override
        public String convert(String text) {
            if (text.isBlank()) {
                throw new TypeConversionException("Name the person by an id or an e-mail");
            }
            return text;
        }
    }

    /** Reads the age of stored responses. */
    private static final class AgeConverter implements ITypeConverter<Duration> {

        @Override
        public Duration convert(String text) {
            long shortest = KeyRetention.SHORTEST.toHours();
            if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) < shortest) {
                throw new TypeConversionException("must be a number of hours, at least " + shortest
                        + ", because the API promises " + shortest + " hours");
            }
            return Duration.ofHours(Integer.parseInt(text));
        }
    }
}
