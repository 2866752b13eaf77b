package com.ecommerce.orders.admin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A command of {@code scripts/tenant.sh}.
 *
 * @param words the arguments of the command, without {@code --yes}
 * @param isConfirmed whether {@code --yes} was given
 */
record TenantCommand(String name, List<String> words, boolean isConfirmed) {

    private static final String CONFIRMATION = "--yes";

    /** @throws IllegalArgumentException if there is no such command, or its arguments are wrong */
    static TenantCommand parse(List<String> arguments) {
        List<String> words = new ArrayList<>(arguments);
        boolean isConfirmed = words.remove(CONFIRMATION);
        String name = words.isEmpty() ? "" : words.remove(0);
        TenantCommand command = new TenantCommand(name, words, isConfirmed);
        String expected = command.expectedWords();
        if (!command.fits() || words.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("use it as: " + name + " " + expected);
        }
        return command;
    }

    /** Returns the tenant of a command that names a tenant. */
    String tenant() {
        return words.get(0);
    }

    /** Returns the age of the keys that {@code purge-keys} removes. */
    Duration age() {
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

    private String expectedWords() {
        return switch (name) {
            case "export" -> "TENANT";
            case "erase" -> "TENANT [--yes]";
            case "erase-customer" -> "TENANT CUSTOMER_ID|EMAIL [--yes]";
            case "purge-keys" -> "[--older-than HOURS]";
            default ->
                throw new IllegalArgumentException(
                        "the command must be export, erase, erase-customer or purge-keys, not '" + name + "'");
        };
    }

    private boolean fits() {
        return switch (name) {
            case "export" -> words.size() == 1 && !isConfirmed;
            case "erase" -> words.size() == 1;
            case "erase-customer" -> words.size() == 2;
            default ->
                !isConfirmed
                        && (words.isEmpty() || words.size() == 2 && words.get(0).equals("--older-than"));
        };
    }
}
