package com.ecommerce.orders.admin;

import com.ecommerce.orders.postgres.DatabaseDiagnosis;
import com.ecommerce.orders.settings.Setting;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The explanations of errors of operators' programs. */
final class OwnerErrors {

    private static final String NO_RIGHT = "42501";

    /** SQLSTATEs of errors while connecting. */
    private static final Pattern CONNECTING = Pattern.compile("08.*|28.*|3D000|53300|57P0.");

    private static final String IAM_ONLY =
            ". RDS admits this role with an IAM token only, because the role is a member of rds_iam, directly or"
                    + " through a role that it created. Give your AWS identity rds-db:connect for the role, and set"
                    + " DB_OWNER_PASSWORD=$(aws rds generate-db-auth-token --hostname <database> --port 5432 --username"
                    + " <role>).";

    private OwnerErrors() {}

    /** Returns the message of {@code e} in one line and, for known errors, what to do. */
    static String of(Exception e, Map<String, String> environment) {
        SQLException cause = sqlException(e);
        if (cause == null || cause.getSQLState() == null) {
            return String.valueOf(e.getMessage());
        }
        return of(cause, cause.getSQLState())
                .orElseGet(() -> CONNECTING.matcher(cause.getSQLState()).matches()
                        ? DatabaseDiagnosis.of(cause, login(environment)).detail()
                        : String.valueOf(e.getMessage()));
    }

    private static Optional<String> of(SQLException cause, String state) {
        if (String.valueOf(cause.getMessage()).contains("PAM authentication failed")) {
            return Optional.of(cause.getMessage() + IAM_ONLY);
        }
        if (state.equals(NO_RIGHT)) {
            String reason =
                    String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
            return Optional.of(reason + ". DB_OWNER needs CREATEROLE, and must own the database and the tables");
        }
        return Optional.empty();
    }

    private static @Nullable SQLException sqlException(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException problem) {
                return problem;
            }
        }
        return null;
    }

    private static DatabaseDiagnosis.Login login(Map<String, String> environment) {
        return new DatabaseDiagnosis.Login(
                environment.getOrDefault(Setting.DB_URL.variable(), ""),
                environment.getOrDefault(Setting.DB_OWNER.variable(), ""),
                environment.containsKey(Setting.DB_OWNER_PASSWORD.variable()),
                Setting.DB_OWNER.variable(),
                Setting.DB_OWNER_PASSWORD.variable());
    }
}
