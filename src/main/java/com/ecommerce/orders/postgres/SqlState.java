package com.ecommerce.orders.postgres;

import java.sql.SQLException;
import java.util.Set;

/** An SQLSTATE and its meaning for this API (PostgreSQL documentation, appendix A). */
record SqlState(String code) {

    private static final Set<String> SHUTTING_DOWN = Set.of("57P01", "57P02", "57P03", "57P04", "57P05");
    private static final Set<String> NOT_MIGRATED = Set.of("42883", "42P01", "42703", "42501", "3F000");

    static SqlState of(SQLException e) {
        return new SqlState(e.getSQLState() == null ? "" : e.getSQLState());
    }

    boolean isLostConnection() {
        return code.startsWith("08") || SHUTTING_DOWN.contains(code);
    }

    /**
     * Tells whether it is a serialization failure, a deadlock, or a key that another transaction has just inserted. Nothing
     * was stored. Another attempt may succeed, or finds the key.
     */
    boolean isLostRace() {
        return code.equals("40001") || code.equals("40P01") || code.equals("23505");
    }

    /** Tells whether the server can't be reached, lacks a resource, has ended the statement, or accepts no writes. */
    boolean isUnavailable() {
        return isLostConnection()
                || code.startsWith("53")
                || code.startsWith("58")
                || code.equals("57014")
                || code.equals("25006");
    }

    /** Tells whether the server has failed and not only the statement. Other connections to the server then fail, too. */
    boolean isOfTheServer() {
        return isLostConnection() || code.equals("25006");
    }

    boolean isNotMigrated() {
        return NOT_MIGRATED.contains(code);
    }

    boolean isLockTimeout() {
        return code.equals("55P03");
    }
}
