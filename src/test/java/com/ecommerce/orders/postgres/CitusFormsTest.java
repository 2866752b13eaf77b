package com.ecommerce.orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fails for forms of SQL that Citus rejects or sends to every worker. All forms were seen on Citus 13.2.2. */
class CitusFormsTest {

    private static final Path MIGRATIONS = Path.of("database/migrations");

    private static final Pattern FUNCTION = form("CREATE (OR REPLACE )?FUNCTION (\\w+)\\(\\s*(\\w*)");
    private static final Pattern TABLE = form("CREATE TABLE (\\w+) \\(\\s*tenant_id\\b");
    private static final Pattern TENANT = form("\\btenant_id = (p_tenant|\\$1)|%2\\$s");

    private static final List<Form> FORMS = List.of(
            new Form("\\bLANGUAGE sql\\b", "use plpgsql: Citus plans no parameters of a function in SQL"),
            new Form(
                    "\\bINSERT INTO .*\\bSELECT\\b.*\\bON CONFLICT\\b",
                    "read the JSON into records first: INSERT ... SELECT fails on a conflict"),
            new Form(
                    "\\bUPDATE .*\\bFROM (\\w+_to_record(set)?|unnest)\\(",
                    "read the JSON into records first: Citus does not know the type of the rows"),
            new Form("\\bINSERT INTO .*\\bFROM unnest\\(", "pass JSON: INSERT ... SELECT FROM unnest is refused"),
            new Form("\\(SELECT\\) \\w+", "use two SELECT INTO: a join with a row of nothing crashes the worker"),
            new Form("\\bCREATE .*VIEW\\b", "use a type: a view is not sent to one worker, nor are its grants"),
            new Form(
                    "\\b\\w+\\.tenant_id = \\w+\\.tenant_id\\b",
                    "compare each tenant_id with p_tenant: otherwise all workers are asked"),
            new Form("\\b\\w+\\.\\*", "list the columns: an added column breaks alias.*"),
            new Form("\\bSELECT \\*(?!.*\\bFROM json_to_record\\()", "list the columns: an added column breaks *"),
            new Form("\\bINSERT INTO \\w+ (VALUES|SELECT)\\b", "list the columns of an INSERT"),
            new Form("\\bAS \\(\\s*(INSERT|UPDATE|DELETE)\\b", "use two statements: modifying CTEs are refused"),
            new Form(
                    "^(?!.*tenant_id = p_tenant).*\\bSKIP LOCKED\\b",
                    "name the tenant: SKIP LOCKED over several workers is refused"),
            new Form(
                    "\\bUPDATE .*\\[\\w+\\.\\w+\\]",
                    "update row by row: an UPDATE that indexes an array by a column crashes the worker"),
            new Form("\\bCREATE .*TRIGGER\\b", "call a function: triggers are refused"),
            new Form("\\bCREATE SEQUENCE\\b|\\w*serial\\b|\\bAS IDENTITY\\b", "pass an id: sequences differ by worker"),
            new Form(
                    "\\b(PRIMARY KEY|UNIQUE(?! INDEX)|FOREIGN KEY)(?! \\(tenant_id\\b)",
                    "put tenant_id first in every key"),
            new Form(
                    "\\bCREATE TABLE \\w+ \\(\\s*tenant_id (?!\\s*text\\b)",
                    "declare tenant_id as text: Citus finds no row by a column whose type is a domain"),
            new Form("\\bINDEX \\w+ ON \\w+ (USING \\w+ )?\\((?!tenant_id\\b)", "put tenant_id first in every index"),
            new Form(
                    "\\bUPDATE .*\\b(random|clock_timestamp|gen_random_uuid)\\(",
                    "pass the value: an UPDATE may call no volatile function"));

    static List<Path> migrations() {
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("migrations")
    void noStatementHasAFormThatCitusRefuses(Path migration) {
        assertThat(complaints(read(migration))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("migrations")
    void everyFunctionThatUsesTablesTakesTheTenantFirst(Path migration) {
        assertThat(FUNCTION.matcher(read(migration))
                        .results()
                        .filter(function -> !function.group(3).equals("p_tenant"))
                        .map(function -> function.group(2)))
                .isSubsetOf(
                        "undo_dry_run_1",
                        "readiness_1",
                        "payment_1",
                        "fulfillment_status_1",
                        "half_even_1",
                        "credit_1",
                        "fulfillment_json_1",
                        "cancellation_json_1",
                        "return_json_1",
                        "check_items_1",
                        "refuse_entry_1",
                        "transaction_json_1",
                        "uses_limit_1",
                        "state_after_report_1");
    }

    static Stream<String> refused() {
        return Stream.of(
                "CREATE FUNCTION f_1(p_tenant text) RETURNS void LANGUAGE sql AS $$ SELECT 1; $$;",
                "INSERT INTO orders (tenant_id) SELECT p_tenant FROM json_to_record(p_order) AS o(a text)"
                        + " ON CONFLICT DO NOTHING RETURNING created_at INTO v_at;",
                "UPDATE orders SET status = d.status FROM json_to_record(p_order) AS d(status text)"
                        + " WHERE orders.tenant_id = p_tenant;",
                "SELECT r, k.key FROM (SELECT) one LEFT JOIN order_rows_1 r ON r.tenant_id = p_tenant;",
                "CREATE VIEW order_rows_1 AS SELECT 1;",
                "SELECT 1 FROM order_items i JOIN orders o ON i.tenant_id = o.tenant_id WHERE o.tenant_id = p_tenant;",
                "SELECT o.* FROM orders o WHERE o.tenant_id = p_tenant;",
                "SELECT * INTO v_row FROM idempotency_keys k WHERE k.tenant_id = p_tenant;",
                "INSERT INTO order_items (tenant_id, sku) SELECT p_tenant, s FROM unnest(p_skus) s;",
                "INSERT INTO order_events VALUES (p_tenant, p_order_id);",
                "WITH gone AS (DELETE FROM orders WHERE tenant_id = p_tenant RETURNING order_id) SELECT 1;",
                "SELECT o.order_id FROM outbox o LIMIT 1 FOR UPDATE SKIP LOCKED;",
                "SELECT o.order_id FROM orders o WHERE o.order_id = p_order_id;",
                "DELETE FROM idempotency_keys;",
                "ALTER TABLE orders ADD COLUMN a text; CREATE FUNCTION f_1(p_tenant text) RETURNS void LANGUAGE plpgsql"
                        + " AS $$ BEGIN END $$;",
                "CREATE TRIGGER t BEFORE INSERT ON orders EXECUTE FUNCTION f();",
                "CREATE SEQUENCE numbers;",
                "CREATE TABLE t (tenant_id text NOT NULL, id bigserial);",
                "CREATE TABLE t (tenant_id text NOT NULL, id uuid PRIMARY KEY);",
                "CREATE TABLE t (tenant_id  tenant_name NOT NULL);",
                "UPDATE order_items i SET fulfilled = v_units[i.line_number] WHERE i.tenant_id = p_tenant;",
                "CREATE TABLE t (tenant_id text NOT NULL, id uuid, PRIMARY KEY (id));",
                "CREATE UNIQUE INDEX i ON t (id);",
                "UPDATE orders o SET note = random() WHERE o.tenant_id = p_tenant;");
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesEachForm(String sql) {
        assertThat(complaints(sql)).isNotEmpty();
    }

    @Test
    void readsEveryMigration() {
        assertThat(migrations()).hasSizeGreaterThan(3);
    }

    private static List<String> complaints(String sql) {
        String text = withoutComments(sql);
        List<String> complaints = new ArrayList<>();
        for (String statement : text.split(";")) {
            FORMS.stream()
                    .filter(form -> form.pattern().matcher(statement.strip()).find())
                    .forEach(form -> complaints.add(form.advice() + ": " + statement));
            if (count(tables(), statement) > count(TENANT, statement)) {
                complaints.add("name the tenant for every table: " + statement);
            }
        }
        if (text.contains("ADD COLUMN") && FUNCTION.matcher(text).find()) {
            complaints.add("add columns and functions by two migrations");
        }
        return complaints;
    }

    /** Finds the uses of tables that have a tenant. */
    private static Pattern tables() {
        return form(migrations().stream()
                .flatMap(migration -> TABLE.matcher(read(migration)).results())
                .map(table -> table.group(1))
                .collect(Collectors.joining("|", "\\b(FROM|JOIN|UPDATE) (", ")\\b")));
    }

    private static long count(Pattern pattern, String text) {
        return pattern.matcher(text).results().count();
    }

    private static Pattern form(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    private static String read(Path migration) {
        try {
            return withoutComments(Files.readString(migration));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withoutComments(String sql) {
        return sql.replaceAll("--[^\n]*", "").replaceAll("\\s+", " ");
    }

    /** A form of a statement that Citus rejects, and the form that works. */
    private record Form(Pattern pattern, String advice) {

        Form(String regex, String advice) {
            this(form(regex), advice);
        }
    }
}
