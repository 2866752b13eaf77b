package com.ecommerce.orders.postgres;

import java.sql.SQLException;
import java.util.Set;

/** What an SQLSTATE means for us (PostgreSQL documentation, appendix A). */
record SqlState(String code) {

    private static final Set<String> SHUTTING_DOWN = Set.of("57P01", "57P02", "57P03", "57P04", "57P05");
    private static final Set<String> NOT_MIGRATED = Set.of("42883", "42P01", "42703", "42501", "3F000");

    static SqlState of(SQLException e) {
        return new SqlState(e.getSQLState() == null ? "" : e.getSQLState());
    }

    boolean isLostConnection() {
        return code.startsWith("08") || SHUTTING_DOWN.contains(code);
    }

    /** Serialization failure or deadlock: nothing was stored, and another try may succeed. */
    boolean isLostRace() {
        return code.equals("40001") || code.equals("40P01");
    }

    /** The server can't be reached, is short of something, ended the statement, or takes no writes. */
    boolean isUnavailable() {
        return isLostConnection()
                || code.startsWith("53")
                || code.startsWith("58")
                || code.equals("57014")
                || code.equals("25006");
    }

    /** Whether it is about the server rather than the statement, so that other connections to it won't do either. */
    boolean isOfTheServer() {
        return isLostConnection() || code.equals("25006");
    }

    boolean isNotMigrated() {
        return NOT_MIGRATED.contains(code);
    }

    boolean isLockTimeout() {
        return code.equals("55P03");
    }

    /** Raised by our own functions at the end of a dry run. */
    boolean isDryRun() {
        return code.equals("ORD01");
    }
}
