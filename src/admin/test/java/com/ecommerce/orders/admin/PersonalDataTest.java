package com.ecommerce.orders.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.conformance.LoggedOrder;
import com.ecommerce.orders.local.testkit.LocalServer;
import com.ecommerce.orders.testkit.LogWatch;
import com.ecommerce.orders.testkit.TestDatabase;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests that all stored and logged fields are listed as personal data or not. */
class PersonalDataTest {

    /** Flyway's table of migrations. */
    private static final String NO_DATA_OF_TENANTS = "flyway_schema_history";

    /** The schemas of stored JSON: an order, the entries, and the bodies whose members events contain as changes. */
    private static final List<String> STORED =
            List.of("Order", "CreateOrder", "UpdateOrder", "Transaction", "Fulfillment", "Cancellation", "OrderReturn");

    /** The schemas of JSON that is not stored. Their values are stored in columns or in members of an order. */
    private static final Set<String> NOT_STORED = Set.of(
            "CancelOrder",
            "CancellationPage",
            "Event",
            "EventData",
            "EventPage",
            "ExceededLine",
            "FulfillmentPage",
            "ItemsCancellation",
            "LineQuantityInput",
            "NewFulfillment",
            "NewReceipt",
            "NewReturn",
            "NewTransaction",
            "NoContent",
            "OrderEvent",
            "OrderEventPage",
            "OrderPage",
            "PaymentMethodInput",
            "Health",
            "Problem",
            "ReceiptItemInput",
            "ReturnItemInput",
            "ReturnPage",
            "Settlement",
            "TransactionItemInput",
            "TransactionList",
            "TransactionPage",
            "UpdateFulfillment",
            "Violation");

    /** The fields of the log. None is personal: the id of an order leads to a person only through the order. */
    private static final Set<String> LOG_FIELDS = Set.of(
            "amount", "durationMicros", "method", "orderId", "requestId", "route", "status", "tenant", "traceId");

    @Test
    void everyColumnIsListed() throws Exception {
        Set<String> columns = new TreeSet<>();
        try (Connection superuser = TestDatabase.get().connectAsSuperuser();
                Statement statement = superuser.createStatement();
                ResultSet rows = statement.executeQuery("SELECT c.relname || '.' || a.attname FROM pg_class c"
                        + " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
                        + " WHERE c.relkind IN ('r', 'p', 'm', 'f') AND c.relnamespace = 'public'::regnamespace"
                        + " AND c.relname <> '" + NO_DATA_OF_TENANTS + "'")) {
            while (rows.next()) {
                columns.add(rows.getString(1));
            }
        }

        assertThat(PersonalData.COLUMNS.keySet()).isEqualTo(columns);
    }

    @Test
    void everyMemberOfStoredJsonIsListed() throws Exception {
        Schemas schemas = Schemas.read();
        STORED.forEach(schemas::visit);

        assertThat(schemas.notListed).isEmpty();
        assertThat(PersonalData.MEMBERS.keySet()).isEqualTo(schemas.listed);
    }

    @Test
    void everySchemaIsListedAsStoredOrNot() throws Exception {
        Schemas schemas = Schemas.read();
        STORED.forEach(schemas::visit);

        Set<String> known = new TreeSet<>(schemas.visited);
        known.addAll(NOT_STORED);
        assertThat(known).containsAll(schemas.objects());
        assertThat(schemas.visited).doesNotContainAnyElementsOf(NOT_STORED);
    }

    @Test
    void everyFieldOfTheLogIsListedHereAndExplainedToOperators(@TempDir Path directory) throws Exception {
        try (LocalServer server = LocalServer.withDevIssuer(directory);
                LogWatch log = LogWatch.start()) {
            LoggedOrder.place(server.uri(), "acme", server.get("/dev/token").body());
            assertThat(log.fields()).isEqualTo(LOG_FIELDS);
        }
        String page = Files.readString(Path.of("docs/operations.md"));
        assertThat(Pattern.compile("(?m)^\\| ((?:`[a-zA-Z]+`(?:, )?)+) \\|")
                        .matcher(page)
                        .results()
                        .flatMap(row -> Pattern.compile("`([a-zA-Z]+)`")
                                .matcher(row.group(1))
                                .results()
                                .map(name -> name.group(1)))
                        .collect(Collectors.toSet()))
                .containsAll(LOG_FIELDS);
    }

    /** The schemas of {@code openapi.yaml}, and the members of the schemas that were visited. */
    private static final class Schemas {

        private final JsonNode all;
        private final Set<String> visited = new TreeSet<>();
        private final Set<String> listed = new TreeSet<>();
        private final Set<String> notListed = new TreeSet<>();

        private Schemas(JsonNode all) {
            this.all = all;
        }

        static Schemas read() throws Exception {
            try (InputStream yaml = PersonalDataTest.class.getResourceAsStream("/openapi.yaml")) {
                Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
                return new Schemas(JsonMapper.shared().valueToTree(document).at("/components/schemas"));
            }
        }

        /** Returns the names of the schemas that describe an object. */
        Set<String> objects() {
            return all.properties().stream()
                    .filter(schema -> schema.getValue().has("properties")
                            || schema.getValue().has("additionalProperties")
                            || schema.getValue().has("oneOf"))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        void visit(String name) {
            visited.add(name);
            visitMembers("", all.path(name));
        }

        private void visitMembers(String prefix, JsonNode schema) {
            schema.path("properties")
                    .properties()
                    .forEach(member -> visitMember(prefix + member.getKey(), member.getValue()));
            schema.path("oneOf").forEach(choice -> visitMembers(prefix, target(choice)));
        }

        private void visitMember(String path, JsonNode schema) {
            JsonNode target = target(schema);
            if (PersonalData.MEMBERS.containsKey(path)) {
                listed.add(path);
                visitInner(target);
            } else if (target.path("type").asString("").equals("array")) {
                visitElements(path + "[].", target(target.path("items")));
            } else if (target.has("properties")) {
                visitMembers(path + ".", target);
            } else {
                notListed.add(path);
            }
        }

        private void visitElements(String prefix, JsonNode element) {
            if (element.has("properties") || element.has("oneOf")) {
                visitMembers(prefix, element);
            } else {
                notListed.add(prefix);
            }
        }

        /** Visits a member that is listed as a whole. The members inside need no entries. */
        private void visitInner(JsonNode schema) {
            schema.path("properties").forEach(member -> visitInner(target(member)));
            target(schema.path("items")).path("properties").forEach(member -> visitInner(target(member)));
        }

        private JsonNode target(JsonNode schema) {
            String reference = schema.path("$ref").asString("");
            if (reference.isEmpty()) {
                return schema;
            }
            String name = reference.substring(reference.lastIndexOf('/') + 1);
            visited.add(name);
            return target(all.path(name));
        }
    }
}
