package com.ecommerce.orders.admin;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** The program behind {@code scripts/tenant.sh}. Its settings are environment variables. */
public final class TenantData {

    private final OwnerLogin login;
    private final PrintStream data;
    private final PrintStream messages;

    private TenantData(OwnerLogin login, PrintStream data, PrintStream messages) {
        this.login = login;
        this.data = data;
        this.messages = messages;
    }

    /** @param arguments a command and its arguments, as {@code scripts/tenant.sh --help} lists them */
    public static void main(String[] arguments) {
        LoggingSystem.get(TenantData.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
        PrintStream data = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), false, StandardCharsets.UTF_8);
        int code = run(List.of(arguments), System.getenv(), data, System.err);
        data.flush();
        System.exit(code);
    }

    /**
     * Runs a command.
     *
     * @param data receives the exported data
     * @param messages receives all other output
     * @return 0 for success, 1 if the command failed, 2 if the arguments are wrong
     */
    static int run(List<String> arguments, Map<String, String> environment, PrintStream data, PrintStream messages) {
        try {
            TenantCommand command = TenantCommand.parse(arguments);
            new TenantData(OwnerLogin.of(environment), data, messages).run(command);
            if (data.checkError()) {
                throw new IllegalStateException("the export is incomplete, because its output could not be written");
            }
            return 0;
        } catch (IllegalArgumentException e) {
            messages.println("tenant.sh: " + e.getMessage() + "\n  See scripts/tenant.sh --help");
            return 2;
        } catch (IllegalStateException | SQLException e) {
            messages.println("tenant.sh: " + OwnerErrors.of(e, environment));
            return 1;
        }
    }

    private void run(TenantCommand command) throws SQLException {
        Duration age = command.name().equals("purge-keys") ? command.age() : Duration.ZERO;
        try (Connection connection = login.connectToTables()) {
            switch (command.name()) {
                case "export" -> export(connection, command.tenant());
                case "erase" -> erase(connection, command.tenant(), command.isConfirmed());
                case "erase-customer" -> eraseCustomer(connection, command);
                default ->
                    messages.println("Removed " + KeyRetention.purge(connection, age) + " stored responses older than "
                            + age.toHours() + " hours.");
            }
        }
    }

    private void export(Connection connection, String tenant) throws SQLException {
        Map<TenantTables, Long> counts = TenantExport.write(connection, tenant, data);
        refuseUnknown(tenant, counts);
        messages.println("Exported tenant " + tenant + ": " + TenantTables.describe(counts) + ".");
    }

    private void erase(Connection connection, String tenant, boolean confirmed) throws SQLException {
        Map<TenantTables, Long> counts = TenantTables.count(connection, tenant);
        refuseUnknown(tenant, counts);
        if (!confirmed) {
            messages.println("Tenant " + tenant + " has " + TenantTables.describe(counts)
                    + ". Nothing was erased. Add --yes to erase all of it for ever.");
            return;
        }
        messages.println("Erased tenant " + tenant + ": "
                + TenantTables.describe(TenantErasure.erase(connection, tenant)) + ".");
    }

    private void eraseCustomer(Connection connection, TenantCommand command) throws SQLException {
        String tenant = command.tenant();
        String person = command.words().get(1);
        refuseUnknown(tenant, TenantTables.count(connection, tenant));
        CustomerErasure.Result result = CustomerErasure.erase(connection, tenant, person);
        if (result.isNothing()) {
            throw new IllegalStateException("nothing of tenant " + tenant + " names " + person);
        }
        end(connection, command, result);
        printNames(result);
    }

    private void end(Connection connection, TenantCommand command, CustomerErasure.Result result) throws SQLException {
        String person = command.words().get(1);
        String counts = TenantTables.describe(result.counts());
        if (command.isConfirmed()) {
            connection.commit();
            messages.println("Erased " + person + " from " + counts + " of tenant " + command.tenant() + ".");
        } else {
            connection.rollback();
            messages.println(person + " is named in " + counts + " of tenant " + command.tenant()
                    + ". Nothing was erased. Add --yes to erase their data for ever.");
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

    private static void refuseUnknown(String tenant, Map<TenantTables, Long> counts) {
        if (TenantTables.isNothing(counts)) {
            throw new IllegalStateException("there is no data of a tenant " + tenant
                    + ". Spell the tenant as in its tokens, or as in ORDERS_IDENTITY_TENANTS_ALIAS");
        }
    }
}
