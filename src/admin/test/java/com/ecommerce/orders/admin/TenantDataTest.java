package com.ecommerce.orders.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.cli.OrdersCommandLine;
import com.ecommerce.orders.local.testkit.LocalServer;
import com.ecommerce.orders.testkit.Await;
import com.ecommerce.orders.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the commands of {@code tenant}, with data that the running API has stored. */
class TenantDataTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ITEMS =
            "\"currency\":\"EUR\",\"items\":[{\"sku\":\"BOOK\",\"quantity\":2,\"unitPrice\":1999,\"taxRate\":\"0.07\"}]";
    private static final String ADELINA =
            """
            {%s,"customer":{"id":"c-adelina","email":"Adelina@example.org","name":"Adelina Lovelace"},"note":"Adelina rings twice",
             "shippingAddress":{"name":"Adelina Lovelace","line1":"12 St James's Square","city":"London","postalCode":"SW1",
             "country":"GB"},"metadata":{"birthday":"Adelina, 10 December"},
             "discounts":[{"description":"Adelina's birthday","amount":0},{"percent":"0.000001"}]}"""
                    .formatted(ITEMS);
    private static final String GRACE =
            """
            {%s,"customer":{"id":"c-grace","email":"grace@example.org","name":"Grace Hopper"},"note":"for Grace"}"""
                    .formatted(ITEMS);

    private static final String TRANSACTION =
            """
            {"kind":"REFUND","state":"PENDING","amount":100,"currency":"EUR","provider":"stripe","observed":true,
             "method":{"type":"card","brand":"visa","last4":"4242"},"reason":"Adelina asked","metadata":{"caller":"Adelina"}}""";

    /** Replaces Adelina as the customer of an order. */
    private static final String MARY =
            """
            {"customer":{"id":"c-mary","email":null,"name":"Mary"},"note":"for Mary","shippingAddress":null,"metadata":null}""";

    @TempDir
    static Path directory;

    private static LocalServer server;

    private String tenant;
    private String other;

    @BeforeAll
    static void start() {
        server = LocalServer.withDevIssuer(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void twoTenantsHaveOrders() throws Exception {
        tenant = "tenant " + UUID.randomUUID();
        other = "other " + UUID.randomUUID();
        for (String each : List.of(tenant, other)) {
            place(each, "first", ADELINA);
            place(each, "second", GRACE);
        }
    }

    @Test
    void exportsAllRowsOfATenantAndNoneOfOthers() throws Exception {
        Answer export = run("export", tenant);

        assertThat(export.code()).isZero();
        assertThat(export.messages())
                .contains(
                        "2 orders, 2 items, 0 transactions, 0 fulfillments, 0 cancellations, 0 returns, 2 events, 2 stored responses");
        List<JsonNode> lines = export.data().lines().map(JSON::readTree).toList();
        assertThat(lines)
                .extracting(line -> line.path("table").asString())
                .containsExactly(
                        "orders",
                        "orders",
                        "order_items",
                        "order_items",
                        "order_events",
                        "order_events",
                        "idempotency_keys",
                        "idempotency_keys",
                        "outbox",
                        "outbox");
        assertThat(lines)
                .extracting(line -> line.path("row").path("tenant_id").asString())
                .containsOnly(tenant);
        assertThat(export.data())
                .contains("\"grand_total\":4278", "Adelina Lovelace")
                .doesNotContain(other);
    }

    @Test
    void exportsAllDataThatAnImportNeeds() throws Exception {
        record(token(tenant), idOf(place(tenant, "paid", ADELINA)));
        String export = run("export", tenant).data();
        assertThat(run("erase", tenant, "--yes").code()).isZero();

        importRows(export);

        assertThat(run("export", tenant).data()).isEqualTo(export);
        assertThat(place(tenant, "first", ADELINA).headers().firstValue("Idempotent-Replayed"))
                .contains("true");
    }

    @Test
    void erasesEverythingOfATenantAndNothingOfOthers() throws Exception {
        String others = run("export", other).data();

        Answer erased = run("erase", tenant, "--yes");

        assertThat(erased.code()).isZero();
        assertThat(erased.messages())
                .contains(
                        "Erased",
                        tenant,
                        "2 orders, 2 items, 0 transactions, 0 fulfillments, 0 cancellations, 0 returns, 2 events, 2 stored responses");
        assertThat(run("export", tenant).messages()).contains("there is no data of a tenant");
        assertThat(list(tenant).path("data")).isEmpty();
        assertThat(place(tenant, "first", ADELINA).headers().firstValue("Idempotent-Replayed"))
                .isEmpty();
        assertThat(run("export", other).data()).isEqualTo(others);
    }

    @ParameterizedTest
    @ValueSource(strings = {"erase", "erase-customer"})
    void countsAndErasesNothingWithoutYes(String command) throws Exception {
        String before = run("export", tenant).data();

        Answer answer = command.equals("erase") ? run(command, tenant) : run(command, tenant, "c-adelina");

        assertThat(answer.code()).isZero();
        assertThat(answer.messages()).contains(tenant, "--yes", command.equals("erase") ? "2 orders" : "1 orders");
        assertThat(run("export", tenant).data()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"c-adelina", "adelina@EXAMPLE.org"})
    void erasesOnePersonEverywhereAndKeepsTheOrder(String person) throws Exception {
        String id = idOf(place(tenant, "third", ADELINA));
        patch(id, "1", "{\"note\":\"Adelina moved\",\"customer\":{\"name\":\"Adelina King\"}}");
        transition(id, "confirm", "");
        transition(id, "cancel", "{\"reason\":\"Adelina is ill\"}");
        List<String> untouched = linesWithout("Adelina", run("export", tenant).data());
        String others = run("export", other).data();

        Answer erased = run("erase-customer", tenant, person, "--yes");

        assertThat(erased.code()).as(erased.messages()).isZero();
        assertThat(erased.messages())
                .contains(
                        "2 orders, 0 transactions, 0 fulfillments, 0 cancellations, 0 returns, 4 events, 2 stored responses",
                        person.equals("c-adelina") ? "Adelina@example.org" : "c-adelina");
        String after = run("export", tenant).data();
        assertThat(after).doesNotContain("Adelina", "adelina@", "c-adelina", "London", "December");
        assertThat(after.lines()).containsAll(untouched);
        assertThat(after).contains("Grace Hopper", "for Grace");
        assertThat(run("export", other).data()).isEqualTo(others);

        HttpResponse<String> read = server.get("/orders/" + id, "Authorization", "Bearer " + token(tenant));
        JsonNode order = JSON.readTree(read.body());
        assertThat(read.headers().firstValue("ETag")).contains("\"5\"");
        assertThat(order.path("status").asString()).isEqualTo("CANCELLED");
        assertThat(order.at("/totals/grandTotal").asLong()).isEqualTo(4278);
        assertThat(order.propertyNames())
                .doesNotContain("customer", "shippingAddress", "billingAddress", "note", "metadata", "cancelReason");
        JsonNode events = JSON.readTree(
                        server.get("/orders/" + id + "/events", "Authorization", "Bearer " + token(tenant))
                                .body())
                .path("data");
        assertThat(events.valueStream().map(event -> event.path("seq").asInt())).containsExactly(1, 2, 3, 4, 5);
        assertThat(order.path("discounts").toString()).isEqualTo("[{\"amount\":0},{\"percent\":\"0.000001\"}]");
        assertThat(events.path(4).toString())
                .contains("\"type\":\"ORDER_ERASED\"", "\"by\":\"operator\"", "\"customer\":null", "\"note\":null")
                .contains("\"discounts\":[{\"amount\":0},{\"percent\":\"0.000001\"}]");
    }

    @Test
    void leavesNothingOfAnOrderThatIsPlacedDuringTheErasure() throws Exception {
        CompletableFuture<Answer> erasure;
        try (Connection blocker = TestDatabase.get().connectAsOwner();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("SELECT FROM order_events WHERE tenant_id = '" + tenant + "' FOR UPDATE");
            erasure = CompletableFuture.supplyAsync(() -> run("erase", tenant, "--yes"));
            Await.until("the erasure to wait for the events", () -> "t"
                    .equals(value(statement, "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")));
            assertThat(place(tenant, "third", ADELINA).statusCode()).isEqualTo(201);
            blocker.rollback();
        }

        assertThat(erasure.get().code()).isZero();

        assertThat(keys(tenant)).isEmpty();
        assertThat(run("export", tenant).messages()).contains("there is no data of a tenant");
    }

    @Test
    void erasesTheTextOfADiscountEvenIfNothingElseIsPersonal() throws Exception {
        String token = token(tenant, "u-grace", "");
        String id = idOf(server.post(
                "/orders", token, "{" + ITEMS + ",\"discounts\":[{\"description\":\"for Grace\",\"amount\":1}]}"));

        Answer erased = run("erase-customer", tenant, "u-grace", "--yes");

        assertThat(erased.code()).as(erased.messages()).isZero();
        assertThat(erased.messages())
                .contains("1 orders, 0 transactions, 0 fulfillments, 0 cancellations, 0 returns, 1 events");
        assertThat(server.get("/orders/" + id, "Authorization", "Bearer " + token(tenant))
                        .body())
                .contains("\"discounts\":[{\"amount\":1}]", "\"version\":2")
                .doesNotContain("for Grace");
    }

    /** In the locale C, PostgreSQL's lower() knows ASCII only. */
    @ParameterizedTest
    @CsvSource({
        "ÉLODIE@example.org, élodie@EXAMPLE.org",
        "straße@example.org, STRASSE@example.org",
        "İrem@example.org, irem@example.org"
    })
    void ignoresTheCaseOfAnEmailInADatabaseOfTheLocaleC(String stored, String given) throws Exception {
        String url = databaseOfTheLocaleC();
        Map<String, String> settings = new HashMap<>(TestDatabase.get().settings());
        settings.put("DB_URL", url);
        settings.put("ORDERS_DATA_DIR", directory.toString());
        try (LocalServer plain = LocalServer.start(settings)) {
            String order = "{" + ITEMS + ",\"customer\":{\"email\":\"" + stored + "\",\"name\":\"Known\"}}";
            idOf(plain.post("/orders", token(tenant), order));

            Map<String, String> owner = new HashMap<>(owner());
            owner.put("DB_URL", url);
            Answer erased = run(owner, "erase-customer", tenant, given, "--yes");

            assertThat(erased.code()).as(erased.messages()).isZero();
            assertThat(erased.messages()).contains("stored as " + stored);
            assertThat(run(owner, "export", tenant).data()).doesNotContain(stored, "Known");
        } finally {
            dropDatabaseOfTheLocaleC();
        }
    }

    private static String databaseOfTheLocaleC() throws SQLException {
        String url = TestDatabase.get().url().replaceFirst("/[^/?]*(\\?|$)", "/locale_c$1");
        try (Connection superuser = TestDatabase.get().connectAsSuperuser();
                Statement statement = superuser.createStatement()) {
            statement.execute("CREATE DATABASE locale_c OWNER " + TestDatabase.OWNER
                    + " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
        }
        new Migration(url, TestDatabase.OWNER, TestDatabase.OWNER_PASSWORD)
                .run(new AppRole(TestDatabase.USER, AppRole.Login.PASSWORD, TestDatabase.PASSWORD));
        return url;
    }

    private static void dropDatabaseOfTheLocaleC() throws SQLException {
        try (Connection superuser = TestDatabase.get().connectAsSuperuser();
                Statement statement = superuser.createStatement()) {
            statement.execute("DROP DATABASE locale_c WITH (FORCE)");
        }
    }

    @Test
    void aRetryAfterTheErasurePlacesNoSecondOrderAndShowsNoPersonalData() throws Exception {
        erasePerson("c-adelina");

        HttpResponse<String> retried = place(tenant, "first", ADELINA);

        assertThat(retried.statusCode()).isEqualTo(201);
        assertThat(retried.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(retried.body()).contains("\"grandTotal\":4278").doesNotContain("Adelina");
        assertThat(list(tenant).path("data")).hasSize(2);
    }

    @Test
    void erasesOnlyTheHistoryIfTheOrderNamesAnotherCustomerNow() throws Exception {
        String id = idOf(place(tenant, "third", ADELINA));
        patch(
                id,
                "1",
                "{\"customer\":{\"id\":\"c-mary\",\"email\":null,\"name\":\"Mary\"},\"note\":\"for Mary\","
                        + "\"shippingAddress\":null,\"metadata\":null,\"discounts\":null}");

        assertThat(run("erase-customer", tenant, "c-adelina", "--yes").code()).isZero();

        assertThat(server.get("/orders/" + id, "Authorization", "Bearer " + token(tenant))
                        .body())
                .contains("\"id\":\"c-mary\"", "\"note\":\"for Mary\"", "\"version\":3");
        assertThat(read("/orders/" + id + "/events").at("/data/2/type").asString())
                .isEqualTo("ORDER_ERASED");
        assertThat(run("export", tenant).data()).doesNotContain("Adelina", "c-adelina");
    }

    @Test
    void erasesAUserFromTheOrdersThatTheUserPlaced() throws Exception {
        String token = token(tenant, "u-adelina", "adelina@example.net");
        String own = idOf(
                server.post("/orders", token, "{" + ITEMS + ",\"note\":\"Adelina's own\"}", "Idempotency-Key", "own"));
        String graces = idOf(server.post("/orders", token, GRACE));

        Answer erased = run("erase-customer", tenant, "adelina@example.net", "--yes");

        assertThat(erased.code()).as(erased.messages()).isZero();
        assertThat(erased.messages())
                .contains(
                        "2 orders, 0 transactions, 0 fulfillments, 0 cancellations, 0 returns, 2 events, 1 stored responses");
        assertThat(run("export", tenant).data()).doesNotContain("u-adelina", "adelina@example.net", "Adelina's own");
        assertThat(server.get("/orders/" + own, "Authorization", "Bearer " + token(tenant))
                        .body())
                .contains("\"createdBy\":\"erased\"")
                .doesNotContain("note", "createdByEmail");
        assertThat(server.get("/orders/" + graces, "Authorization", "Bearer " + token(tenant))
                        .body())
                .contains("\"createdBy\":\"erased\"", "Grace Hopper", "for Grace");
    }

    @Test
    void erasesAPersonFromTheTransactionsOfTheirOrders() throws Exception {
        String id = idOf(place(tenant, "third", ADELINA));
        String path = record(token(tenant), id);
        settle(path, "{\"state\":\"FAILED\",\"failureReason\":\"Adelina has no money\"}");

        Answer erased = run("erase-customer", tenant, "c-adelina", "--yes");

        assertThat(erased.code()).as(erased.messages()).isZero();
        assertThat(erased.messages())
                .contains(
                        "2 orders, 1 transactions, 0 fulfillments, 0 cancellations, 0 returns, 4 events, 3 stored responses");
        assertThat(run("export", tenant).data()).doesNotContain("Adelina", "c-adelina", "visa");
        JsonNode entry = read(path);
        assertThat(entry.path("state").asString()).isEqualTo("FAILED");
        assertThat(entry.path("amount").asLong()).isEqualTo(100);
        assertThat(entry.path("createdBy").asString()).isEqualTo("alice");
        assertThat(entry.propertyNames()).doesNotContain("method", "reason", "metadata", "failureReason");
        assertThat(read("/orders/" + id).path("version").asInt()).isEqualTo(4);
        HttpResponse<String> retried = server.post(
                "/orders/" + id + "/transactions", token(tenant), TRANSACTION, "Idempotency-Key", "transaction");
        assertThat(retried.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(retried.body()).contains("\"state\":\"PENDING\"").doesNotContain("Adelina", "visa");
    }

    @Test
    void announcesTheErasureOfEachOrderByOneEvent() throws Exception {
        String id = idOf(place(tenant, "third", ADELINA));
        settle(record(token(tenant), id), "{\"state\":\"FAILED\",\"failureReason\":\"Adelina has no money\"}");

        erasePerson("c-adelina");

        JsonNode events =
                read("/events?type=orders.order.erased.v1&include=changes").path("data");
        assertThat(events).hasSize(2);
        assertThat(events.valueStream()
                        .filter(event -> event.path("subject").asString().equals(id))
                        .map(event -> event.path("sequence").asString()))
                .containsExactly("4");
        assertThat(events.toString()).doesNotContain("Adelina", "adelina@", "orders.order.updated");
    }

    @Test
    void leavesNoPersonalDatumInAnyTable() throws Exception {
        String secret = "zoe" + UUID.randomUUID().toString().replace("-", "");
        String own = token(tenant, "u-" + secret, secret + "@example.org");
        String id =
                idOf(server.post("/orders", own, ADELINA.replaceAll("(?i)adelina", secret), "Idempotency-Key", "own"));
        String path = "/orders/" + id + "/transactions";
        String personal = TRANSACTION
                .replace("Adelina", secret)
                .replace("visa", secret)
                .replace("\"type\":\"card\"", "\"type\":\"" + secret + "\"");
        String pending = path + "/" + idOf(server.post(path, own, personal, "Idempotency-Key", "pending"));
        String failure =
                "{\"state\":\"FAILED\",\"failureReason\":\"" + secret + " has no money\",\"reference\":\"r1\"}";
        server.post(pending + "/settle", own, failure, "Idempotency-Key", "failed");
        String success = personal.replace("\"state\":\"PENDING\"", "\"reference\":\"r1\"");
        assertThat(server.post(path, own, success, "Idempotency-Key", "success").statusCode())
                .isEqualTo(200);
        String foreign = idOf(place(tenant, "third", GRACE));
        idOf(server.post("/orders/" + foreign + "/transactions", own, TRANSACTION, "Idempotency-Key", "foreign"));
        read("/events?limit=1");
        assertThat(rowsWith(secret)).hasSizeGreaterThan(10);

        erasePerson("c-" + secret);
        erasePerson("u-" + secret);

        assertThat(rowsWith(secret)).isEmpty();
    }

    @Test
    void leavesNoPersonalDatumOfShipmentsCancellationsAndReturnsInAnyTable() throws Exception {
        String secret = "zoe" + UUID.randomUUID().toString().replace("-", "");
        String own = token(tenant, "u-" + secret, secret + "@example.org");
        String id = idOf(server.post("/orders", own, ADELINA.replaceAll("(?i)adelina", secret)));
        transition(id, "confirm", "");
        String parcel = ship(id, own, secret);
        String tracked =
                "{\"carrier\":\"%1$s 2\",\"trackingNumber\":\"%1$s 2\",\"trackingStatus\":\"%1$s 2\",\"location\":\"%1$s 2\"}"
                        .formatted(secret);
        ok(server.send("PATCH", parcel, own, tracked, "Idempotency-Key", "track"));
        ok(server.post(parcel + "/deliver", own, "{}", "Idempotency-Key", "deliver"));
        idOf(server.post(
                "/orders/" + id + "/cancellations",
                own,
                "{\"items\":[{\"lineNumber\":1,\"quantity\":1}],\"reason\":\"CUSTOMER\",\"note\":\"" + secret + "\"}",
                "Idempotency-Key",
                "cancellation"));
        String back = sendBack(id, own, secret);
        ok(server.post(
                back + "/receive",
                own,
                "{\"items\":[{\"lineNumber\":1,\"quantity\":1,\"disposition\":\"RESTOCK\"}]}",
                "Idempotency-Key",
                "receive"));
        assertThat(rowsWith(secret)).hasSizeGreaterThan(15);

        Answer erased = run("erase-customer", tenant, "c-" + secret, "--yes");
        erasePerson("u-" + secret);

        assertThat(rowsWith(secret)).isEmpty();
        assertThat(read(parcel).path("status").asString()).isEqualTo("DELIVERED");
        assertThat(read(back).at("/items/0/received").asInt()).isEqualTo(1);
        assertThat(erased.messages()).contains("1 orders, 0 transactions, 1 fulfillments, 1 cancellations, 1 returns");
    }

    @Test
    void keepsTheEntriesOfTheCustomerThatTheOrderNamesNow() throws Exception {
        String user = token(tenant);
        String id = idOf(place(tenant, "third", ADELINA.replace("\"quantity\":2", "\"quantity\":4")));
        transition(id, "confirm", "");
        String first = ship(id, user, "Adelina");
        String firstReturn = sendBack(id, user, "Adelina");
        patch(id, "4", MARY);
        String second = ship(id, user, "Mary");
        String secondReturn = sendBack(id, user, "Mary");
        String path = record(user, id);

        Answer erased = run("erase-customer", tenant, "c-adelina", "--yes");

        assertThat(erased.code()).as(erased.messages()).isZero();
        assertThat(read(first).propertyNames())
                .doesNotContain("carrier", "trackingNumber", "trackingUrl", "trackingStatus", "location", "address");
        assertThat(read(firstReturn).toString()).doesNotContain("Adelina", "reason", "note");
        assertThat(read(second).path("trackingNumber").asString()).isEqualTo("Mary");
        assertThat(read(second).at("/address/line1").asString()).isEqualTo("Mary");
        assertThat(read(secondReturn).path("note").asString()).isEqualTo("Mary");
        assertThat(read(secondReturn).at("/items/0/reason").asString()).isEqualTo("Mary");
        assertThat(read(path).propertyNames()).contains("method", "reason", "metadata");
        assertThat(server.post("/orders/" + id + "/fulfillments", user, parcel("Mary"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void erasesTheEntriesOfACustomerWhoCameSecondAndWasReplaced() throws Exception {
        String user = token(tenant);
        String id = idOf(place(tenant, "third", ADELINA));
        transition(id, "confirm", "");
        patch(id, "2", MARY);
        String parcel = ship(id, user, "Mary");
        erasePerson("c-adelina");
        assertThat(read(parcel).path("trackingNumber").asString()).isEqualTo("Mary");
        patch(id, "5", MARY.replace("Mary", "Grace").replace("mary", "grace"));

        Answer erased = run("erase-customer", tenant, "c-mary", "--yes");

        assertThat(erased.code()).as(erased.messages()).isZero();
        assertThat(run("export", tenant).data()).doesNotContain("Mary", "c-mary");
    }

    /** Erases a person whom an order names. */
    private void erasePerson(String person) {
        Answer erased = run("erase-customer", tenant, person, "--yes");
        assertThat(erased.code()).as(erased.messages()).isZero();
    }

    /** Ships one unit with the word in each text, and returns the path of the fulfillment. */
    private static String ship(String order, String token, String word) throws Exception {
        String path = "/orders/" + order + "/fulfillments";
        return path + "/"
                + idOf(server.post(path, token, parcel(word), "Idempotency-Key", "parcel for " + word.length()));
    }

    private static String parcel(String word) {
        return """
                {"items":[{"lineNumber":1,"quantity":1}],"reference":"W-%2$d","carrier":"%1$s","trackingNumber":"%1$s",
                 "trackingUrl":"https://carrier.example/%1$s","trackingStatus":"left with %1$s","location":"%1$s",
                 "address":{"name":"%1$s","line1":"%1$s","city":"%1$s","postalCode":"1","country":"GB"},"metadata":{"gate":"%1$s"}}"""
                .formatted(word, word.length());
    }

    /** Returns one unit with the word in each text, and returns the path of the return. */
    private static String sendBack(String order, String token, String word) throws Exception {
        String path = "/orders/" + order + "/returns";
        String body =
                "{\"items\":[{\"lineNumber\":1,\"quantity\":1,\"reason\":\"%1$s\"}],\"note\":\"%1$s\"}".formatted(word);
        return path + "/" + idOf(server.post(path, token, body, "Idempotency-Key", "return of " + word.length()));
    }

    private static void ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /** Returns all rows of all tables that contain the word in any column, in upper or lower case. */
    static List<String> rowsWith(String word) throws SQLException {
        try (Connection superuser = TestDatabase.get().connectAsSuperuser();
                Statement tables = superuser.createStatement();
                ResultSet table = tables.executeQuery(
                        "SELECT c.oid::regclass FROM pg_class c WHERE c.relkind IN ('r', 'm')"
                                + " AND c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)")) {
            List<String> found = new ArrayList<>();
            while (table.next()) {
                found.addAll(rowsWith(word, table.getString(1), superuser));
            }
            return found;
        }
    }

    private static List<String> rowsWith(String word, String table, Connection superuser) throws SQLException {
        try (PreparedStatement query =
                superuser.prepareStatement("SELECT t::text FROM " + table + " t WHERE t::text ILIKE '%' || ? || '%'")) {
            query.setString(1, word);
            ResultSet rows = query.executeQuery();
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(table + ": " + rows.getString(1));
            }
            return found;
        }
    }

    @Test
    void erasesAUserFromTheTransactionsThatTheUserRecorded() throws Exception {
        String id = idOf(place(tenant, "third", GRACE));
        String path = record(token(tenant, "u-adelina", "adelina@example.net"), id);
        settle(path, "{\"state\":\"FAILED\",\"failureReason\":\"expired\"}");

        Answer erased = run("erase-customer", tenant, "ADELINA@example.net", "--yes");

        assertThat(erased.code()).as(erased.messages()).isZero();
        assertThat(erased.messages())
                .contains(
                        "1 orders, 1 transactions, 0 fulfillments, 0 cancellations, 0 returns, 2 events, 1 stored responses");
        assertThat(run("export", tenant).data()).doesNotContain("u-adelina", "adelina@example.net");
        JsonNode entry = read(path);
        assertThat(entry.path("createdBy").asString()).isEqualTo("erased");
        assertThat(entry.path("failureReason").asString()).isEqualTo("expired");
        assertThat(entry.propertyNames()).contains("method", "reason").doesNotContain("createdByEmail");
        JsonNode order = read("/orders/" + id);
        assertThat(order.path("version").asInt()).isEqualTo(4);
        assertThat(order.path("createdBy").asString()).isEqualTo("alice");
        assertThat(order.path("note").asString()).isEqualTo("for Grace");
    }

    @Test
    void erasesTheTransactionsOfAnOrderThatNamesAnotherCustomerNow() throws Exception {
        String id = idOf(place(tenant, "third", ADELINA));
        String path = record(token(tenant), id);
        patch(
                id,
                "2",
                "{\"customer\":{\"id\":\"c-mary\",\"email\":null,\"name\":\"Mary\"},\"note\":\"for Mary\","
                        + "\"shippingAddress\":null,\"metadata\":null,\"discounts\":null}");

        assertThat(run("erase-customer", tenant, "c-adelina", "--yes").code()).isZero();

        assertThat(run("export", tenant).data()).doesNotContain("Adelina", "c-adelina", "visa");
        assertThat(read(path).propertyNames()).doesNotContain("method", "reason", "metadata");
        assertThat(read("/orders/" + id).path("note").asString()).isEqualTo("for Mary");
        assertThat(read("/orders/" + id).path("version").asInt()).isEqualTo(4);
    }

    @Test
    void removesOldKeysOfInactiveTenantsOnly() throws Exception {
        try (Connection owner = TestDatabase.get().connectAsOwner();
                Statement statement = owner.createStatement()) {
            statement.executeUpdate("UPDATE idempotency_keys SET created_at = now() - interval '100 hours'"
                    + " WHERE tenant_id = '" + tenant + "' AND key = 'first'");
        }

        assertThat(run("purge", "--older-than", "101").code()).isZero();
        assertThat(keys(tenant)).containsExactly("first", "second");
        Answer purged = run("purge-keys");

        assertThat(purged.code()).isZero();
        assertThat(purged.messages()).contains("older than 72 hours");
        assertThat(keys(tenant)).containsExactly("second");
        assertThat(keys(other)).containsExactly("first", "second");
    }

    @ParameterizedTest
    @ValueSource(strings = {"export", "erase", "erase-customer"})
    void refusesAnUnknownTenant(String command) {
        Answer answer = command.equals("erase-customer")
                ? run(command, "nobody", "c-adelina", "--yes")
                : run(command, "nobody");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.messages()).contains("there is no data of a tenant nobody");
        assertThat(answer.data()).isEmpty();
    }

    @Test
    void refusesAnUnknownPerson() {
        Answer answer = run("erase-customer", tenant, "c-nobody", "--yes");

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.messages()).contains("names c-nobody");
    }

    @Test
    void namesAMissingSetting() {
        Answer answer = run(Map.of("DB_URL", TestDatabase.get().url()), "export", tenant);

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.messages()).contains("set DB_OWNER, for example");
    }

    /** Another role would see no rows and report that the tenant has none. */
    @Test
    void refusesARoleThatDoesNotOwnTheTables() {
        Answer answer = run(
                Map.of(
                        "DB_URL", TestDatabase.get().url(),
                        "DB_OWNER", TestDatabase.USER,
                        "DB_OWNER_PASSWORD", TestDatabase.PASSWORD),
                "export",
                tenant);

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.messages()).contains("belong to orders_owner. Set DB_OWNER to that role");
    }

    @Test
    void saysThatThePasswordIsWrong() throws Exception {
        String role = "role_" + UUID.randomUUID().toString().substring(0, 8);
        try (Connection superuser = TestDatabase.get().connectAsSuperuser();
                Statement statement = superuser.createStatement()) {
            statement.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'right'");
            Path rules = Path.of(value(statement, "SHOW hba_file"));
            String before = Files.readString(rules);
            try {
                Files.writeString(rules, "host all " + role + " all scram-sha-256\n" + before);
                value(statement, "SELECT pg_reload_conf()");
                Answer answer = run(
                        Map.of("DB_URL", TestDatabase.get().url(), "DB_OWNER", role, "DB_OWNER_PASSWORD", "wrong"),
                        "erase",
                        tenant,
                        "--yes");

                assertThat(answer.code()).isEqualTo(1);
                assertThat(answer.messages())
                        .contains("refuses the password of the role " + role, "DB_OWNER and DB_OWNER_PASSWORD")
                        .doesNotContain("wrong");
            } finally {
                Files.writeString(rules, before);
                value(statement, "SELECT pg_reload_conf()");
                statement.execute("DROP ROLE " + role);
            }
        }
    }

    @Test
    void saysThatTheDatabaseDoesNotExist() {
        Map<String, String> settings = new HashMap<>(owner());
        settings.put("DB_URL", "jdbc:postgresql://127.0.0.1:1/orders");
        assertThat(run(settings, "export", tenant).messages()).contains("No PostgreSQL listens at 127.0.0.1:1.");

        settings.put("DB_URL", TestDatabase.get().url().replaceFirst("/[^/]*$", "/missing"));
        assertThat(run(settings, "export", tenant).messages()).contains("There is no database missing", "DB_URL");
    }

    /** The rights are those of a server that was upgraded from PostgreSQL 14. */
    @Test
    void callsNoFunctionThatTheApplicationCreated() throws Exception {
        try (Connection superuser = TestDatabase.get().connectAsSuperuser();
                Statement rights = superuser.createStatement();
                Connection application = TestDatabase.get().connect();
                Statement attack = application.createStatement()) {
            rights.execute("GRANT CREATE ON SCHEMA public TO PUBLIC");
            try {
                attack.execute(
                        "CREATE FUNCTION public.lower(text_of_an_order varchar) RETURNS text LANGUAGE plpgsql AS $$"
                                + " BEGIN IF current_user = 'orders_owner' THEN"
                                + " GRANT TRUNCATE ON public.orders TO orders_api; END IF;"
                                + " RETURN pg_catalog.lower(text_of_an_order::text); END $$");

                assertThat(run("erase-customer", tenant, "adelina@example.org", "--yes")
                                .code())
                        .isZero();
                try (ResultSet row =
                        attack.executeQuery("SELECT has_table_privilege(current_user, 'public.orders', 'TRUNCATE')")) {
                    row.next();
                    assertThat(row.getBoolean(1)).isFalse();
                }
            } finally {
                rights.execute("DROP FUNCTION IF EXISTS public.lower(varchar)");
                rights.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
                rights.execute("REVOKE TRUNCATE ON public.orders FROM orders_api");
            }
        }
    }

    private static List<String> linesWithout(String word, String text) {
        return text.lines()
                .filter(line -> !line.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** Inserts the rows of an export. */
    static void importRows(String export) throws SQLException {
        try (Connection owner = TestDatabase.get().connectAsOwner()) {
            for (String line : export.lines().toList()) {
                String table = JSON.readTree(line).path("table").asString();
                try (PreparedStatement insert = owner.prepareStatement("INSERT INTO " + table
                        + " SELECT (json_populate_record(NULL::" + table + ", ?::json->'row')).*")) {
                    insert.setString(1, line);
                    insert.executeUpdate();
                }
            }
        }
    }

    private static List<String> keys(String tenant) throws SQLException {
        try (Connection owner = TestDatabase.get().connectAsOwner();
                PreparedStatement query =
                        owner.prepareStatement("SELECT key FROM idempotency_keys WHERE tenant_id = ? ORDER BY key")) {
            query.setString(1, tenant);
            ResultSet rows = query.executeQuery();
            List<String> keys = new ArrayList<>();
            while (rows.next()) {
                keys.add(rows.getString(1));
            }
            return keys;
        }
    }

    private static String value(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static HttpResponse<String> place(String tenant, String key, String order) throws Exception {
        return server.post("/orders", token(tenant), order, "Idempotency-Key", key);
    }

    private void patch(String id, String version, String patch) throws Exception {
        HttpResponse<String> answer =
                server.send("PATCH", "/orders/" + id, token(tenant), patch, "If-Match", '"' + version + '"');
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /** Records a transaction of an order, and returns its path. */
    private static String record(String token, String order) throws Exception {
        String path = "/orders/" + order + "/transactions";
        HttpResponse<String> recorded = server.post(path, token, TRANSACTION, "Idempotency-Key", "transaction");
        return path + "/" + idOf(recorded);
    }

    private void settle(String path, String settlement) throws Exception {
        HttpResponse<String> settled = server.post(path + "/settle", token(tenant), settlement);
        assertThat(settled.statusCode()).as(settled.body()).isEqualTo(200);
    }

    private JsonNode read(String path) throws Exception {
        return JSON.readTree(
                server.get(path, "Authorization", "Bearer " + token(tenant)).body());
    }

    private void transition(String id, String action, String body) throws Exception {
        HttpResponse<String> answer =
                server.post("/orders/" + id + "/" + action, token(tenant), body.isEmpty() ? "{}" : body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static JsonNode list(String tenant) throws Exception {
        return JSON.readTree(server.get("/orders", "Authorization", "Bearer " + token(tenant))
                .body());
    }

    private static String idOf(HttpResponse<String> created) {
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return JSON.readTree(created.body()).path("id").asString();
    }

    private static String token(String tenant) throws Exception {
        return token(tenant, "alice", "alice@example.org");
    }

    private static String token(String tenant, String user, String email) throws Exception {
        return server.get("/dev/token?tenant=" + URLEncoder.encode(tenant, StandardCharsets.UTF_8) + "&user=" + user
                        + "&email=" + email)
                .body();
    }

    static Map<String, String> owner() {
        return Map.of(
                "DB_URL", TestDatabase.get().url(),
                "DB_OWNER", TestDatabase.OWNER,
                "DB_OWNER_PASSWORD", TestDatabase.OWNER_PASSWORD);
    }

    static Answer run(String... words) {
        return run(owner(), words);
    }

    private static Answer run(Map<String, String> settings, String... words) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.add(0, "tenant");
        int code = OrdersCommandLine.run(
                arguments,
                settings,
                new PrintWriter(data, true, StandardCharsets.UTF_8),
                new PrintWriter(messages, true, StandardCharsets.UTF_8));
        return new Answer(code, data.toString(StandardCharsets.UTF_8), messages.toString(StandardCharsets.UTF_8));
    }

    record Answer(int code, String data, String messages) {}
}
