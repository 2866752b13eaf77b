package com.ecommerce.orders.admin;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** The program behind {@code scripts/tenant.sh}. Its settings are environment variables. */
public final class TenantData {

    private static final String CONFIRMATION = "--yes";

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
            List<String> words = new ArrayList<>(arguments);
            boolean confirmed = words.remove(CONFIRMATION);
            String command = words.isEmpty() ? "" : words.remove(0);
            check(command, words, confirmed);
            new TenantData(OwnerLogin.of(environment), data, messages).run(command, words, confirmed);
            if (data.checkError()) {
                throw new IllegalStateException("the export is incomplete, because its output could not be written");
            }
            return 0;
        } catch (IllegalArgumentException e) {
            messages.println("tenant.sh: " + e.getMessage() + "\n  See scripts/tenant.sh --help");
            return 2;
        } catch (IllegalStateException | SQLException e) {
            messages.println("tenant.sh: " + OwnerLogin.explain(e, environment));
            return 1;
        }
    }

    private static void check(String command, List<String> words, boolean confirmed) {
        String expected =
                switch (command) {
                    case "export" -> "TENANT";
                    case "erase" -> "TENANT [--yes]";
                    case "erase-customer" -> "TENANT CUSTOMER_ID|EMAIL [--yes]";
                    case "purge-keys" -> "[--older-than HOURS]";
                    default ->
                        throw new IllegalArgumentException(
                                "the command must be export, erase, erase-customer or purge-keys, not '" + command
                                        + "'");
                };
        boolean fits =
                switch (command) {
                    case "export" -> words.size() == 1 && !confirmed;
                    case "erase" -> words.size() == 1;
                    case "erase-customer" -> words.size() == 2;
                    default ->
                        !confirmed
                                && (words.isEmpty()
                                        || words.size() == 2 && words.get(0).equals("--older-than"));
                };
        if (!fits || words.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("use it as: " + command + " " + expected);
        }
    }

    private void run(String command, List<String> words, boolean confirmed) throws SQLException {
        Duration age = command.equals("purge-keys") ? age(words) : Duration.ZERO;
        try (Connection connection = login.connectToTables()) {
            switch (command) {
                case "export" -> export(connection, words.get(0));
                case "erase" -> erase(connection, words.get(0), confirmed);
                case "erase-customer" -> eraseCustomer(connection, words.get(0), words.get(1), confirmed);
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

    private void eraseCustomer(Connection connection, String tenant, String person, boolean confirmed)
            throws SQLException {
        refuseUnknown(tenant, TenantTables.count(connection, tenant));
        CustomerErasure.Result result = CustomerErasure.erase(connection, tenant, person);
        if (result.isNothing()) {
            throw new IllegalStateException("nothing of tenant " + tenant + " names " + person);
        }
        String counts = result.orders() + " orders, " + result.events() + " events, " + result.responses()
                + " stored responses";
        if (confirmed) {
            connection.commit();
            messages.println("Erased " + person + " from " + counts + " of tenant " + tenant + ".");
        } else {
            connection.rollback();
            messages.println(person + " is named in " + counts + " of tenant " + tenant
                    + ". Nothing was erased. Add --yes to erase their data for ever.");
        }
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

    private static Duration age(List<String> words) {
        if (words.isEmpty()) {
            return KeyRetention.SHORTEST;
        }
        String hours = words.get(1);
        if (!hours.matches("[0-9]{1,6}") || Integer.parseInt(hours) < KeyRetention.SHORTEST.toHours()) {
            throw new IllegalArgumentException("--older-than must be a number of hours, at least "
                    + KeyRetention.SHORTEST.toHours() + ", because the contract promises that time to callers");
        }
        return Duration.ofHours(Integer.parseInt(hours));
    }
}
