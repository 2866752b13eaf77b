package com.ecommerce.orders.admin;

import com.ecommerce.orders.settings.Setting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The role of a managed identity on Azure Database for PostgreSQL. Azure's functions for such roles exist in the
 * database {@code postgres} only.
 *
 * @param name the name of the role
 * @param objectId the object id of the identity in Entra ID; names need not be unique in a directory
 */
record EntraRole(String name, UUID objectId) {

    private static final Pattern OBJECT_ID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    private static final String DATABASE = "postgres";
    private static final String LABEL = "SELECT label FROM pg_roles LEFT JOIN pg_shseclabel"
            + " ON objoid = oid AND classoid = 'pg_authid'::regclass AND provider = 'pgaadauth' WHERE rolname = ?";
    private static final String CREATE =
            "SELECT pg_catalog.pgaadauth_create_principal_with_oid(?, ?, 'service', false, false)";

    /**
     * Reads the object id from {@code DB_USER_OBJECT_ID}.
     *
     * @throws IllegalArgumentException if the setting is missing or is no UUID
     */
    static EntraRole of(String name, Map<String, String> environment) {
        String text = OwnerLogin.required(environment, Setting.DB_USER_OBJECT_ID);
        if (!OBJECT_ID.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    Setting.DB_USER_OBJECT_ID.invalid().getMessage());
        }
        return new EntraRole(name, UUID.fromString(text));
    }

    /** Creates the role if it does not exist. Safe to repeat. */
    void create(OwnerLogin owner) throws SQLException {
        try (Connection connection = owner.connect(DATABASE)) {
            if (!exists(connection)) {
                create(connection);
            }
        }
    }

    private boolean exists(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(LABEL)) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                boolean exists = row.next();
                if (exists) {
                    check(row.getString(1));
                }
                return exists;
            }
        }
    }

    private void create(Connection connection) throws SQLException {
        try (PreparedStatement call = connection.prepareStatement(CREATE)) {
            call.setString(1, name);
            call.setString(2, objectId.toString());
            call.execute();
        }
    }

    /** Checks the object id. An identity that was deleted and created again has a new object id, and can't use the old role. */
    private void check(@Nullable String label) throws SQLException {
        if (label != null && !label.toLowerCase(Locale.ROOT).contains("oid=" + objectId)) {
            throw new SQLException("The role " + name + " does not belong to the Entra object " + objectId
                    + ". As an Entra administrator run, in the database postgres: SECURITY LABEL FOR \"pgaadauth\" ON"
                    + " ROLE \"" + name.replace("\"", "\"\"") + "\" IS 'aadauth,oid=" + objectId + ",type=service'");
        }
    }
}
