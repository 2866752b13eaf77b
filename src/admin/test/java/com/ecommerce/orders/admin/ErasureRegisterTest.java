package com.ecommerce.orders.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.admin.TenantDataTest.Answer;
import com.ecommerce.orders.local.testkit.LocalServer;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
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
        String backup = TenantDataTest.run("export", tenant).data();

        for (String name : List.of(secret, secret + "@example.org", "user-" + secret)) {
            Answer erased = TenantDataTest.run("erase-customer", tenant, name, "--register", register, "--yes");
            assertThat(erased.code()).as(erased.messages()).isZero();
        }
        assertThat(TenantDataTest.rowsWith(secret)).isEmpty();
        assertThat(Files.readAllLines(Path.of(register))).hasSize(3).noneMatch(line -> line.contains(secret));
        restore(backup);
        assertThat(TenantDataTest.rowsWith(secret)).isNotEmpty();

        Answer preview = TenantDataTest.run("re-erase", "--register", register);
        assertThat(preview.messages()).contains("Erasures in the register: 3. Nothing was erased. ");
        assertThat(TenantDataTest.rowsWith(secret)).isNotEmpty();

        Answer repeated = TenantDataTest.run("re-erase", "--register", register, "--yes");

        assertThat(repeated.code()).as(repeated.messages()).isZero();
        assertThat(repeated.messages()).contains("Erasures repeated: ").doesNotContain(secret);
        assertThat(TenantDataTest.rowsWith(secret)).isEmpty();
        assertThat(read("/orders/" + grace).at("/customer/id").asString()).isEqualTo("grace");
        assertThat(TenantDataTest.run("re-erase", "--register", register, "--yes")
                        .messages())
                .contains("The database has no data to erase.");
    }

    /** The backup is from before the person became the customer of the order. */
    @Test
    void keepsTheDataOfAnEarlierCustomerWhoseOrderGotThePersonLater() throws Exception {
        String order = place(customer("mary", "mary@example.org"));
        String backup = TenantDataTest.run("export", tenant).data();
        patch(order, "{" + named(secret, secret + "@example.org") + "}");
        TenantDataTest.run("erase-customer", tenant, secret, "--register", register, "--yes");
        restore(backup);
        patch(order, "{\"note\":\"for Mary\"}");

        Answer repeated = TenantDataTest.run("re-erase", "--register", register, "--yes");

        assertThat(repeated.messages()).contains("The database has no data to erase.");
        assertThat(read("/orders/" + order).toString()).contains("mary@example.org", "for Mary");
    }

    @Test
    void keepsTheDataOfAPersonWhoCameBackAfterTheErasure() throws Exception {
        place(customer(secret, secret + "@example.org"));
        TenantDataTest.run("erase-customer", tenant, secret, "--register", register, "--yes");
        String later = place(customer(secret, secret + "@example.org"));

        TenantDataTest.run("re-erase", "--register", register, "--yes");

        assertThat(read("/orders/" + later).at("/customer/id").asString()).isEqualTo(secret);
    }

    @Test
    void repeatsTheErasureOfATenantAfterARestore() throws Exception {
        place(customer(secret, secret + "@example.org"));
        read("/events");
        String backup = TenantDataTest.run("export", tenant).data();
        assertThat(TenantDataTest.run("erase", tenant, "--register", register, "--yes")
                        .code())
                .isZero();
        restore(backup);

        Answer repeated = TenantDataTest.run("re-erase", "--register", register, "--yes");

        assertThat(repeated.messages()).contains("Erased tenant " + tenant + ": ", "Erasures repeated: 1.");
        assertThat(TenantDataTest.rowsWith(tenant)).isEmpty();
    }

    @Test
    void keepsTheOrdersThatATenantPlacedAfterItsErasure() throws Exception {
        String first = place(customer(secret, secret + "@example.org"));
        read("/events");
        String backup = TenantDataTest.run("export", tenant).data();
        TenantDataTest.run("erase", tenant, "--register", register, "--yes");
        restore(backup);
        String second = place(customer("grace", "grace@example.org"));

        TenantDataTest.run("re-erase", "--register", register, "--yes");

        assertThat(TenantDataTest.rowsWith(secret)).isEmpty();
        assertThat(read("/orders/" + first).path("code").asString()).isEqualTo("NOT_FOUND");
        assertThat(read("/orders/" + second).at("/customer/id").asString()).isEqualTo("grace");
        assertThat(read("/events").path("data").valueStream().map(event -> event.path("type")
                        .asString()))
                .containsExactly("orders.event.removed.v1", "orders.order.placed.v1");
        assertThat(TenantDataTest.run("re-erase", "--register", register, "--yes")
                        .messages())
                .contains("The database has no data to erase.");
    }

    @Test
    void printsTheEntryIfThereIsNoRegister() throws Exception {
        place(customer(secret, secret + "@example.org"));

        String person =
                TenantDataTest.run("erase-customer", tenant, secret, "--yes").data();
        String all = TenantDataTest.run("erase", tenant, "--yes").data();

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

        Answer erase = TenantDataTest.run("erase", tenant, "--register", register);
        Answer person = TenantDataTest.run("erase-customer", tenant, secret);

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

    /** Replaces all rows of the tenant by the exported rows. */
    private void restore(String export) throws Exception {
        TenantDataTest.run("erase", tenant, "--yes");
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
