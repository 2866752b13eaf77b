package com.ecommerce.orders.admin;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * The membership of a role in {@code rds_iam}. RDS admits a member with a token of AWS IAM only, even if the member has a
 * password.
 *
 * @param role the name of the role
 */
record RdsIamMembership(String role) {

    private static final String GRANTORS = "SELECT m.grantor::regrole::text FROM pg_auth_members m"
            + " JOIN pg_roles r ON r.oid = m.member JOIN pg_roles g ON g.oid = m.roleid"
            + " WHERE r.rolname = ? AND g.rolname = 'rds_iam'";

    private static final String IS_MEMBER = "SELECT pg_has_role(r.oid, g.oid, 'MEMBER') FROM pg_roles r, pg_roles g"
            + " WHERE r.rolname = ? AND g.rolname = 'rds_iam'";

    /** Makes the role a member if it is not a member yet. */
    void grant(Connection owner) throws SQLException {
        if (texts(owner, GRANTORS).isEmpty()) {
            execute(owner, "GRANT rds_iam TO " + quoted(owner));
        }
    }

    /**
     * Ends the membership, even if another role granted it.
     *
     * @throws SQLException if only another role can end the membership
     */
    void revoke(Connection owner) throws SQLException {
        if (!isMember(owner)) {
            return;
        }
        try {
            execute(owner, "REVOKE rds_iam FROM " + quoted(owner));
            // From PostgreSQL 16 on, REVOKE without a grantor does not end a membership that another role granted.
            for (String grantor : texts(owner, GRANTORS)) {
                execute(owner, "REVOKE rds_iam FROM " + quoted(owner) + " GRANTED BY " + grantor);
            }
        } catch (SQLException e) {
            throw new SQLException(stillAMember(String.valueOf(e.getMessage())), e.getSQLState(), e);
        }
        if (isMember(owner)) {
            throw new SQLException(stillAMember("the membership comes from another role"));
        }
    }

    private String stillAMember(String reason) {
        return "The role " + role + " is a member of rds_iam, so RDS does not admit it with a password: " + reason
                + ". Run as an administrator of the database: REVOKE rds_iam FROM " + role;
    }

    private boolean isMember(Connection owner) throws SQLException {
        return texts(owner, IS_MEMBER).contains("t");
    }

    private List<String> texts(Connection owner, String sql) throws SQLException {
        try (PreparedStatement query = owner.prepareStatement(sql)) {
            query.setString(1, role);
            List<String> texts = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
            return texts;
        }
    }

    private String quoted(Connection owner) throws SQLException {
        return owner.unwrap(PGConnection.class).escapeIdentifier(role);
    }

    private static void execute(Connection owner, String sql) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }
}
