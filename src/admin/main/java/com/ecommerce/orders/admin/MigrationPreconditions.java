package com.ecommerce.orders.admin;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The state that a database must have before its owner runs anything in it. */
final class MigrationPreconditions {

    private static final String ENCODING =
            """
            SELECT format('the encoding of database %I is %s. Create a new database: CREATE DATABASE %I OWNER %I ENCODING ''UTF8'''
                          ' TEMPLATE template0', current_database(), current_setting('server_encoding'),
                          current_database(), current_user)
             WHERE current_setting('server_encoding') <> 'UTF8'
            """;

    /** The rights with which any role could create objects that the owner would use by mistake. */
    private static final String RIGHTS_OF_PUBLIC =
            """
            SELECT 'REVOKE CREATE ON SCHEMA public FROM PUBLIC'
              FROM pg_namespace n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
             WHERE n.nspname = 'public' AND a.grantee = 0 AND a.privilege_type = 'CREATE'
            UNION ALL
            SELECT format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', d.datname)
              FROM pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
             WHERE d.datname = current_database() AND a.grantee = 0 AND a.privilege_type = 'TEMPORARY'
            """;

    private static final String RIGHT_OF_THE_OWNER =
            """
            SELECT format('GRANT CREATE ON SCHEMA public TO %I', current_user)
             WHERE NOT EXISTS (
                     SELECT FROM pg_namespace n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
                      WHERE n.nspname = 'public' AND a.privilege_type = 'CREATE'
                        AND a.grantee <> 0 AND pg_has_role(current_user, a.grantee, 'USAGE'))
            """;

    /** The objects that another role may have created with these rights. Objects of extensions and administrators are trusted. */
    private static final String FOREIGN_OBJECTS =
            """
            SELECT o.name || ' of role ' || r.rolname
              FROM (SELECT 'function ' || p.oid::regprocedure, p.proowner, p.tableoid, p.oid
                      FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
                    UNION ALL
                    SELECT 'operator ' || p.oid::regoperator, p.oprowner, p.tableoid, p.oid
                      FROM pg_operator p WHERE p.oprnamespace = 'public'::regnamespace
                    UNION ALL
                    SELECT 'table ' || c.oid::regclass, c.relowner, c.tableoid, c.oid
                      FROM pg_class c WHERE c.oid = to_regclass('public.flyway_schema_history')) o (name, owner, class, id)
              JOIN pg_roles r ON r.oid = o.owner
              JOIN pg_namespace n ON n.nspname = 'public'
             WHERE NOT r.rolsuper AND NOT pg_has_role(current_user, o.owner, 'USAGE')
               AND NOT pg_has_role(o.owner, n.nspowner, 'MEMBER')
               AND NOT EXISTS (SELECT FROM pg_depend d
                                WHERE d.classid = o.class AND d.objid = o.id AND d.deptype = 'e')
             ORDER BY 1
            """;

    private MigrationPreconditions() {}

    /**
     * Revokes the rights of PUBLIC and checks all other preconditions.
     *
     * @throws SQLException if the owner can't establish the state; the message says who can do it and how
     */
    static void establish(Connection owner) throws SQLException {
        for (String complaint : strings(owner, ENCODING)) {
            throw new SQLException(complaint);
        }
        revokeRightsOfPublic(owner);
        checkForeignObjects(owner);
    }

    private static void revokeRightsOfPublic(Connection owner) throws SQLException {
        for (String revoke : strings(owner, RIGHTS_OF_PUBLIC)) {
            try (Statement statement = owner.createStatement()) {
                // If the owner may not revoke a right, PostgreSQL only warns.
                statement.execute(revoke);
            }
        }
        List<String> commands = strings(owner, RIGHTS_OF_PUBLIC);
        commands.addAll(strings(owner, RIGHT_OF_THE_OWNER));
        if (!commands.isEmpty()) {
            throw new SQLException(
                    "in this database the owner must be able to create objects, PUBLIC must not, and the owner can't"
                            + " change these rights. As an administrator run in this database:\n  "
                            + String.join(";\n  ", commands) + ";");
        }
    }

    private static void checkForeignObjects(Connection owner) throws SQLException {
        List<String> foreign = strings(owner, FOREIGN_OBJECTS);
        if (!foreign.isEmpty()) {
            throw new SQLException(
                    "the schema public has objects of roles that are not trusted, and the owner would use"
                            + " these objects by mistake. Drop them or move them to another schema:\n  "
                            + String.join("\n  ", foreign));
        }
    }

    private static List<String> strings(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> strings = new ArrayList<>();
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
            return strings;
        }
    }
}
