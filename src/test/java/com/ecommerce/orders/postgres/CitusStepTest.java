package com.ecommerce.orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs the step for Citus on a plain PostgreSQL that only records the calls of Citus's functions. */
class CitusStepTest {

    private static final String NOTES =
            """
            CREATE TABLE asked (what text);
            CREATE TABLE pg_dist_partition (logicalrelid regclass);
            CREATE TABLE pg_dist_object (classid oid, objid oid, force_delegation boolean);
            CREATE FUNCTION create_distributed_table(p_table regclass, p_column text, colocate_with text = 'default')
            RETURNS void LANGUAGE sql AS $$
              INSERT INTO asked VALUES (p_table || ' by ' || p_column);
              INSERT INTO pg_dist_partition VALUES (p_table) $$;
            CREATE FUNCTION create_reference_table(p_table regclass) RETURNS void LANGUAGE sql AS $$
              INSERT INTO asked VALUES (p_table || ' everywhere');
              INSERT INTO pg_dist_partition VALUES (p_table) $$;
            CREATE FUNCTION create_distributed_function(p_function regprocedure, p_argument text = NULL,
              colocate_with text = 'default', force_delegation boolean = NULL)
            RETURNS void LANGUAGE sql AS $$
              INSERT INTO asked
              SELECT f.proname || coalesce(' by ' || p_argument, '') || CASE WHEN force_delegation THEN ' delegated' ELSE '' END
                FROM pg_proc f WHERE f.oid = p_function
                 AND (p_argument IS NULL OR f.proargnames[1] = p_argument);
              INSERT INTO pg_dist_object VALUES ('pg_proc'::regclass, p_function, force_delegation) $$;
            """;

    @Test
    void distributesEveryTableOfTenantsAndEveryFunctionWithItsTenantOnce() throws Exception {
        try (Connection connection = TestDatabase.get().connectAsSuperuser();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(NOTES);
            for (int run = 1; run <= 2; run++) {
                statement.execute(Files.readString(Path.of("database/citus/distribute.sql")));

                assertThat(strings(statement, "SELECT what FROM asked"))
                        .containsExactlyInAnyOrderElementsOf(
                                strings(
                                        statement,
                                        """
                            SELECT c.relname || ' by tenant_id' FROM pg_class c
                              JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
                             WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
                            UNION ALL
                            SELECT 'flyway_schema_history everywhere'
                            UNION ALL
                            SELECT f.proname || CASE WHEN f.prosrc LIKE '%set_config(''app.tenant_id''%'
                                                     THEN ' by p_tenant delegated' ELSE '' END
                              FROM pg_proc f WHERE f.pronamespace = 'public'::regnamespace
                               AND f.proname ~ '_[0-9]+$'
                            """));
            }
            connection.rollback();
        }
    }

    private static List<String> strings(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            List<String> strings = new ArrayList<>();
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
            return strings;
        }
    }
}
