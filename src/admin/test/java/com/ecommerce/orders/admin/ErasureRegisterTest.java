package com.ecommerce.orders.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.admin.TenantDataTest.Answer;
import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.local.testkit.LocalServer;
import com.ecommerce.orders.testkit.Await;
import com.ecommerce.orders.testkit.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the register of erasures. A restore brings back the rows that a tenant had before an erasure. */
class ErasureRegisterTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ITEMS =
            "\"currency\":\"EUR\",\"items\":[{\"sku\":\"BOOK\",\"quantity\":2,\"unitPrice\":1999}]";

    @TempDir
    static Path directory;

    private static LocalServer server;

    private final String secret = "zoe" + UUID.randomUUID().toString().replace("-", "");
    private final String tenant = "tenant-" + UUID.randomUUID();

    @TempDir
    Path folder;

    private String register = "";

    @BeforeAll
    static void start() {
        server = LocalServer.withDevIssuer(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void nameTheRegister() {
        register = folder.resolve("erasures.jsonl").toString();
    }

    @Test
    void repeatsTheErasuresOfAPersonAfterARestore() throws Exception {
        place(customer(secret, secret + "@example.org"));
        String changed = place(customer("mary", "mary@example.org"));
        patch(changed, "{" + named(secret, secret + "@example.org") + "}");
        place("{" + ITEMS + ",\"customer\":{\"email\":\"" + secret.toUpperCase(Locale.ROOT) + "@example.org\"}}");
        ok(server.post("/orders", token("user-" + secret), "{" + ITEMS + ",\"note\":\"by " + secret + "\"}"), 201);
        String grace = place(customer("grace", "grace@example.org"));
        String backup = run("export", tenant).data();

        for (String name : List.of(secret, secret + "@example.org", "user-" + secret)) {
            erasePerson(name);
        }
        assertThat(TenantDataTest.rowsWith(secret)).isEmpty();
        assertThat(Files.readAllLines(Path.of(register))).hasSize(3).noneMatch(line -> line.contains(secret));
        restore(backup);
        assertThat(TenantDataTest.rowsWith(secret)).isNotEmpty();

        Answer preview = run("re-erase", "--register", register);
        assertThat(preview.messages()).contains("Erasures in the register: 3. Nothing was erased. ");
        assertThat(TenantDataTest.rowsWith(secret)).isNotEmpty();

        Answer repeated = repeat();

        assertThat(repeated.messages()).contains("Erasures repeated: ").doesNotContain(secret);
        assertThat(TenantDataTest.rowsWith(secret)).isEmpty();
        assertThat(read("/orders/" + grace).at("/customer/id").asString()).isEqualTo("grace");
        assertThat(repeat().messages()).contains("The database has no data to erase.");
    }

    /** The backup is from before the person became the customer of the order. */
    @Test
    void keepsTheDataOfAnEarlierCustomerWhoseOrderGotThePersonLater() throws Exception {
        String order = place(customer("mary", "mary@example.org"));
        String backup = run("export", tenant).data();
        patch(order, "{" + named(secret, secret + "@example.org") + "}");
        erasePerson(secret);
        restore(backup);
        patch(order, "{\"note\":\"for Mary\"}");

        Answer repeated = repeat();

        assertThat(repeated.messages()).contains("The database has no data to erase.");
        assertThat(read("/orders/" + order).toString()).contains("mary@example.org", "for Mary");
    }

    @Test
    void keepsTheDataOfAPersonWhoCameBackAfterTheErasure() throws Exception {
        String first = place(customer(secret, secret + "@example.org"));
        erasePerson(secret);
        assertThat(TenantDataTest.rowsWith(secret)).isEmpty();
        String later = place(customer(secret, secret + "@example.org"));

        Answer repeated = repeat();

        assertThat(repeated.messages()).contains("The database has no data to erase.");
        assertThat(read("/orders/" + first).propertyNames()).doesNotContain("customer", "note");
        assertThat(read("/orders/" + later).at("/customer/id").asString()).isEqualTo(secret);
    }

    @Test
    void repeatsTheErasureOfATenantAfterARestore() throws Exception {
        place(customer(secret, secret + "@example.org"));
        read("/events");
        String backup = run("export", tenant).data();
        eraseTenant();
        restore(backup);

        Answer repeated = repeat();

        assertThat(repeated.messages()).contains("Erased tenant " + tenant + ": ", "Erasures repeated: 1.");
        assertThat(TenantDataTest.rowsWith(tenant)).isEmpty();
    }

    @Test
    void keepsTheOrdersThatATenantPlacedAfterItsErasure() throws Exception {
        String first = place(customer(secret, secret + "@example.org"));
        read("/events");
        String backup = run("export", tenant).data();
        eraseTenant();
        restore(backup);
        String second = place(customer("grace", "grace@example.org"));

        Answer repeated = repeat();

        assertThat(repeated.messages()).contains("Erased tenant " + tenant + ": 1 orders, ");
        assertThat(TenantDataTest.rowsWith(secret)).isEmpty();
        assertThat(read("/orders/" + first).path("code").asString()).isEqualTo("NOT_FOUND");
        assertThat(read("/orders/" + second).at("/customer/id").asString()).isEqualTo("grace");
        assertThat(read("/events").path("data").valueStream().map(event -> event.path("type")
                        .asString()))
                .containsExactly("orders.event.removed.v1", "orders.order.placed.v1");
        assertThat(repeat().messages()).contains("The database has no data to erase.");
    }

    @Test
    void printsTheEntryIfThereIsNoRegister() throws Exception {
        place(customer(secret, secret + "@example.org"));

        String person = run("erase-customer", tenant, secret, "--yes").data();
        String all = run("erase", tenant, "--yes").data();

        assertThat(ErasureEntry.parse(person).references()).hasSize(1);
        assertThat(person).doesNotContain(secret);
        assertThat(ErasureEntry.parse(all).tenant().value()).isEqualTo(tenant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"erase", "erase-customer"})
    void erasesNothingIfTheRegisterCanNotBeWritten(String command) throws Exception {
        place(customer(secret, secret + "@example.org"));
        String missing = folder.resolve("missing/erasures.jsonl").toString();

        Answer refused = command.equals("erase")
                ? TenantDataTest.run(command, tenant, "--yes", "--register", missing)
                : TenantDataTest.run(command, tenant, secret, "--yes", "--register", missing);

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.messages()).contains("the register " + missing + " can't be written");
        assertThat(TenantDataTest.rowsWith(secret)).isNotEmpty();
    }

    @Test
    void writesNoEntryWithoutYes() throws Exception {
        place(customer(secret, secret + "@example.org"));

        Answer erase = run("erase", tenant, "--register", register);
        Answer person = run("erase-customer", tenant, secret);

        assertThat(Path.of(register)).isEmptyFile();
        assertThat(erase.data() + person.data()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"at\":\"2026-01-01T00:00:00Z\",\"kind\":\"TENANT\",\"ten",
                "{}",
                "[]",
                "{\"at\":\"soon\",\"kind\":\"TENANT\",\"tenant\":\"acme\"}",
                "{\"at\":\"2026-01-01T00:00:00Z\",\"kind\":\"PERSON\",\"tenant\":\"acme\"}",
                "{\"at\":\"2026-01-01T00:00:00Z\",\"kind\":\"TENANT\",\"tenant\":\" \"}"
            })
    void namesTheLineThatIsNoEntry(String line) throws Exception {
        String whole = "{\"at\":\"2026-01-01T00:00:00Z\",\"kind\":\"TENANT\",\"tenant\":\"nobody\"}\n";
        Files.writeString(Path.of(register), whole + line + "\n");

        Answer refused = TenantDataTest.run("re-erase", "--register", register, "--yes");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.messages()).contains("line 2 of " + register + " is not an entry of a register");
    }

    @Test
    void saysThatTheRegisterDoesNotExist() {
        Answer refused = TenantDataTest.run("re-erase", "--register", register);

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.messages()).contains("the register " + register + " can't be read");
    }

    /** A full disk or a power cut leaves the start of a line. */
    @Test
    void beginsANewLineAfterAnInterruptedEntry() throws Exception {
        place(customer(secret, secret + "@example.org"));
        String backup = run("export", tenant).data();
        Files.writeString(Path.of(register), "{\"at\":\"2026-01-01T00:00:00Z\",\"ki");
        eraseTenant();
        restore(backup);

        Answer refused = TenantDataTest.run("re-erase", "--register", register, "--yes");
        List<String> lines = Files.readAllLines(Path.of(register));
        Files.write(Path.of(register), lines.subList(1, lines.size()));
        Answer repeated = repeat();

        assertThat(refused.messages()).contains("line 1 of " + register, "delete the line");
        assertThat(lines).hasSize(2);
        assertThat(repeated.messages()).contains("Erasures repeated: 1.");
        assertThat(TenantDataTest.rowsWith(tenant)).isEmpty();
    }

    /** The process may write files of 1024 bytes only, as if the disk were full. */
    @Test
    void removesTheStartOfAnEntryThatCanNotBeWritten() throws Exception {
        place(customer(secret, secret + "@example.org"));
        String old = "{\"at\":\"2026-01-01T00:00:00Z\",\"kind\":\"TENANT\",\"tenant\":\"nobody\"}\n".repeat(15);
        Files.writeString(Path.of(register), old);
        ProcessBuilder erasure = new ProcessBuilder(
                        "bash",
                        "-c",
                        "ulimit -f 1 && exec \"$@\"",
                        "bash",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.ecommerce.orders.local.LocalApplication",
                        "tenant",
                        "erase",
                        tenant,
                        "--register",
                        register,
                        "--yes")
                .redirectErrorStream(true);
        erasure.environment().putAll(TenantDataTest.owner());
        Process process = erasure.start();

        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isEqualTo(1);
        assertThat(output).contains("nothing was erased, because the register " + register + " can't be written");
        assertThat(Path.of(register)).hasContent(old);
        assertThat(TenantDataTest.rowsWith(secret)).isNotEmpty();
    }

    /** An event has only the difference, so after the first erasure no event names the customer's id. */
    @Test
    void repeatsTheErasureOfAPersonWhomOnlyTheOrderNames() throws Exception {
        List<String> backups = new ArrayList<>();
        String order = place(customer(secret, secret + "@old.example"));
        backups.add(run("export", tenant).data());
        patch(order, "{\"customer\":{\"email\":\"" + secret + "@new.example\"}}");
        backups.add(run("export", tenant).data());
        erasePerson(secret + "@old.example");
        backups.add(run("export", tenant).data());
        erasePerson(secret);
        assertThat(TenantDataTest.rowsWith(secret)).isEmpty();
        assertThat(repeat().messages()).contains("The database has no data to erase.");

        for (String backup : backups) {
            restore(backup);
            assertThat(TenantDataTest.rowsWith(secret)).isNotEmpty();

            Answer repeated = repeat();

            assertThat(repeated.messages()).contains("Erasures repeated: ").doesNotContain(secret);
            assertThat(TenantDataTest.rowsWith(secret)).isEmpty();
        }
    }

    /** The restored order is in a state from before the erasure, and then changes. */
    @Test
    void keepsTheCustomerWhoReplacesAPersonAfterTheRestore() throws Exception {
        String order = place(customer(secret, secret + "@old.example"));
        patch(order, "{\"customer\":{\"email\":\"" + secret + "@new.example\"}}");
        erasePerson(secret + "@old.example");
        String backup = run("export", tenant).data();
        erasePerson(secret);
        restore(backup);
        patch(order, "{" + named("grace", "grace@example.org") + "}");

        repeat();

        assertThat(read("/orders/" + order).at("/customer/id").asString()).isEqualTo("grace");
    }

    @Test
    void repeatsTheErasureOfAGuestWhoBecameACustomerLater() throws Exception {
        String order = place("{" + ITEMS + ",\"note\":\"for " + secret + "\"}");
        String backup = run("export", tenant).data();
        patch(order, "{\"customer\":{\"id\":\"C-1\"}}");
        patch(order, "{\"customer\":{\"email\":\"c1@example.org\"}}");
        erasePerson("C-1");
        assertThat(TenantDataTest.rowsWith(secret)).isEmpty();
        restore(backup);
        assertThat(TenantDataTest.rowsWith(secret)).isNotEmpty();

        Answer repeated = repeat();

        assertThat(repeated.messages()).contains("Erased the customer of order " + order, "Erasures repeated: 1.");
        assertThat(TenantDataTest.rowsWith(secret)).isEmpty();
        assertThat(repeat().messages()).contains("The database has no data to erase.");
    }

    @Test
    void keepsTheDataOfAGuestOrderThatGetsAnotherCustomerAfterTheRestore() throws Exception {
        String order = place("{" + ITEMS + "}");
        String backup = run("export", tenant).data();
        patch(order, "{" + named(secret, secret + "@example.org") + "}");
        erasePerson(secret);
        restore(backup);
        patch(order, "{" + named("grace", "grace@example.org") + "}");

        Answer repeated = repeat();

        assertThat(repeated.messages()).contains("The database has no data to erase.");
        assertThat(read("/orders/" + order).path("note").asString()).isEqualTo("for grace");
    }

    @Test
    void recordsNoErasureWithoutAReference() {
        assertThatThrownBy(() -> ErasureEntry.ofPerson(Instant.now(), new TenantId("acme"), List.of(), List.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nothing was erased");
    }

    @Test
    void recordsTheTimeOfTheNewestErasedOrder() throws Exception {
        place(customer(secret, secret + "@example.org"));
        Instant newest = createdAt(place(customer(secret, secret + "@example.org")));

        eraseTenant();

        assertThat(Files.readAllLines(Path.of(register)))
                .extracting(line -> ErasureEntry.parse(line).at())
                .containsExactly(newest);
    }

    /** The order is placed while the repeated erasure waits for a change of an older order. */
    @Test
    void keepsAnOrderThatIsPlacedDuringTheRepeatedErasureOfATenant() throws Exception {
        String first = place(customer(secret, secret + "@example.org"));
        read("/events");
        String backup = run("export", tenant).data();
        eraseTenant();
        restore(backup);
        CompletableFuture<Answer> erasure;
        String second;
        try (Connection blocker = TestDatabase.get().connectAsOwner();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("SELECT FROM order_events WHERE tenant_id = '" + tenant + "' FOR UPDATE");
            erasure = CompletableFuture.supplyAsync(this::repeat);
            Await.until("the erasure to wait for the events", () -> isWaiting(statement));
            second = place(customer("grace", "grace@example.org"));
            blocker.rollback();
        }

        assertThat(erasure.get().messages()).contains("Erasures repeated: 1.");

        assertThat(read("/orders/" + first).path("code").asString()).isEqualTo("NOT_FOUND");
        assertThat(read("/orders/" + second).at("/customer/id").asString()).isEqualTo("grace");
        assertThat(read("/events").path("data").valueStream().map(event -> event.path("subject")
                        .asString()))
                .containsExactly(second);
    }

    private static boolean isWaiting(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"erase", "erase-customer"})
    void saysThatTheOutcomeIsUnknownIfTheCommitFails(String command) throws Exception {
        place(customer(secret, secret + "@example.org"));
        try (Connection superuser = TestDatabase.get().connectAsSuperuser();
                Statement statement = superuser.createStatement()) {
            statement.execute("CREATE FUNCTION public.fail_commit() RETURNS trigger LANGUAGE plpgsql AS"
                    + " 'BEGIN RAISE EXCEPTION ''the server stopped''; END'");
            try {
                statement.execute("CREATE CONSTRAINT TRIGGER fail_commit AFTER UPDATE OR DELETE ON public.orders"
                        + " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.tenant_id = '" + tenant + "')"
                        + " EXECUTE FUNCTION public.fail_commit()");

                Answer failed = command.equals("erase")
                        ? TenantDataTest.run(command, tenant, "--register", register, "--yes")
                        : TenantDataTest.run(command, tenant, secret, "--register", register, "--yes");

                assertThat(failed.code()).isEqualTo(1);
                assertThat(failed.messages())
                        .contains(
                                "the outcome is unknown",
                                "the server stopped",
                                "Repeat the erasure, or delete this line")
                        .contains(register + " has the line "
                                + Files.readString(Path.of(register)).strip());
            } finally {
                statement.execute("DROP FUNCTION public.fail_commit() CASCADE");
            }
        }
    }

    private Instant createdAt(String order) throws SQLException {
        try (Connection owner = TestDatabase.get().connectAsOwner();
                PreparedStatement query = owner.prepareStatement(
                        "SELECT created_at FROM orders WHERE tenant_id = ? AND order_id = ?::uuid")) {
            query.setString(1, tenant);
            query.setString(2, order);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getTimestamp(1).toInstant();
            }
        }
    }

    private void eraseTenant() {
        run("erase", tenant, "--register", register, "--yes");
    }

    private void erasePerson(String person) {
        run("erase-customer", tenant, person, "--register", register, "--yes");
    }

    private Answer repeat() {
        return run("re-erase", "--register", register, "--yes");
    }

    /** Runs a command that succeeds. */
    private static Answer run(String... words) {
        Answer answer = TenantDataTest.run(words);
        assertThat(answer.code()).as(answer.messages()).isZero();
        return answer;
    }

    /** Replaces all rows of the tenant by the exported rows. */
    private void restore(String export) throws Exception {
        Answer emptied = TenantDataTest.run("erase", tenant, "--yes");
        assertThat(emptied.messages()).containsPattern("Erased tenant|there is no data of a tenant");
        TenantDataTest.importRows(export);
    }

    private String place(String order) throws Exception {
        return ok(server.post("/orders", token("alice"), order), 201).path("id").asString();
    }

    private void patch(String order, String patch) throws Exception {
        String version = read("/orders/" + order).path("version").asString();
        ok(server.send("PATCH", "/orders/" + order, token("alice"), patch, "If-Match", '"' + version + '"'), 200);
    }

    private JsonNode read(String path) throws Exception {
        return JSON.readTree(
                server.get(path, "Authorization", "Bearer " + token("alice")).body());
    }

    private static JsonNode ok(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return JSON.readTree(response.body());
    }

    private static String customer(String id, String email) {
        return "{" + ITEMS + "," + named(id, email) + "}";
    }

    private static String named(String id, String email) {
        return "\"customer\":{\"id\":\"%1$s\",\"email\":\"%2$s\",\"name\":\"%1$s\"},\"note\":\"for %1$s\""
                .formatted(id, email);
    }

    private String token(String user) throws Exception {
        return server.get("/dev/token?tenant=" + tenant + "&user=" + user + "&email=" + user + "@example.net")
                .body();
    }
}
