package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.local.testkit.LocalServer;
import com.ecommerce.orders.testkit.TestDatabase;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that run the commands of every page. The tag of a block decides how the block is tested:
 *
 * <ul>
 *   <li>{@code sh} runs unchanged. All blocks of a page run in one shell, with a server and a database of the test. Maven
 *       builds nothing, but its profiles and goals must exist. Scripts that take long only print their help, because
 *       {@code scripts/check.sh} runs them.
 *   <li>{@code sh elsewhere} needs an account or another machine. Such a block runs with values for its placeholders and
 *       with stand-ins for the programs that reach other machines. The project's scripts run with {@code --dry-run}.
 *   <li>{@code sql} runs as a superuser and is rolled back.
 *   <li>Blocks with any other tag are not commands.
 * </ul>
 */
class DocumentedCommandsTest {

    private static final List<String> NO_COMMANDS = List.of("text", "json", "java", "diff", "properties", "yaml", "ts");
    private static final Path README = Path.of("README.md");
    private static final Path PAYMENTS = Path.of("docs/payments.md");
    private static final Path SHIPPING = Path.of("docs/shipping-and-returns.md");
    private static final Path STAND_IN = Path.of("src/test/resources/documented-commands/stand-in.sh");
    private static final List<String> BUILD = List.of("mvn", "java", "documented");
    private static final List<String> ELSEWHERE = List.of(
            "aws",
            "sam",
            "az",
            "gcloud",
            "cloud-sql-proxy",
            "curl",
            "docker",
            "cp",
            "grep",
            "jq",
            "kubectl",
            "openssl",
            "pg_dump",
            "pg_restore",
            "psql",
            "sudo",
            "tee");

    @TempDir
    static Path directory;

    private static LocalServer server;

    @BeforeAll
    static void start() {
        server = LocalServer.withDevIssuer(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static List<MarkdownPage> pages() {
        return MarkdownPage.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyBlockHasAKnownTag(MarkdownPage page) {
        assertThat(page.blocks())
                .extracting(MarkdownPage.Block::tag)
                .allMatch(tag -> NO_COMMANDS.contains(tag)
                        || List.of("sh", "sh elsewhere", "sql").contains(tag));
    }

    static List<MarkdownPage> pagesWithCommands() {
        return pages().stream()
                .filter(page -> !List.of(README, PAYMENTS, SHIPPING).contains(page.path())
                        && !commands(page, "sh").isEmpty())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pagesWithCommands")
    void commandsOfThePageRun(MarkdownPage page) throws Exception {
        assertThat(run(commands(page, "sh"), BUILD)).doesNotContain("\"status\":401");
    }

    @Test
    void commandsOfTheReadmePrintTheDocumentedResponses() throws Exception {
        assertThat(run(commands(MarkdownPage.read(README), "sh"), BUILD))
                .contains("\"grandTotal\":6181")
                .contains("\"grandTotal\":4278")
                .contains("304\n")
                .contains("\"note\":\"Please ring twice.\"")
                .contains("\"cancelReason\":\"just asking\"")
                .contains("\"status\":\"COMPLETED\"")
                .contains("\"code\":\"INVALID_TRANSITION\"")
                .contains("\"type\":\"ORDER_COMPLETED\"")
                .contains("{\"order\":{")
                .doesNotContain("\"status\":400", "\"status\":401", "\"status\":404", "\"status\":412");
    }

    @Test
    void commandsOfThePaymentsPagePrintTheDocumentedResponses() throws Exception {
        assertThat(run(commands(MarkdownPage.read(PAYMENTS), "sh"), BUILD))
                .containsSubsequence(
                        "\"kind\":\"SALE\",\"state\":\"SUCCEEDED\",\"amount\":6181",
                        "200\n",
                        "\"payment\":{\"status\":\"PAID\"",
                        "\"balance\":0}",
                        "\"refundPending\":644",
                        "\"kind\":\"REFUND\",\"state\":\"SUCCEEDED\",\"amount\":644",
                        "\"payment\":{\"status\":\"PARTIALLY_REFUNDED\"",
                        "\"balance\":0}",
                        "\"code\":\"AMOUNT_EXCEEDED\"",
                        "\"available\":5537",
                        "\"data\":[{\"id\":",
                        "201\n",
                        "200\n",
                        "\"kind\":\"CHARGEBACK\"",
                        "\"data\":[")
                .doesNotContain("\"status\":400", "\"status\":401", "\"status\":403", "\"status\":404");
    }

    @Test
    void commandsOfTheShippingPagePrintTheDocumentedResponses() throws Exception {
        assertThat(run(commands(MarkdownPage.read(SHIPPING), "sh"), BUILD))
                .containsSubsequence(
                        "200\n",
                        "\"fulfillment\":{\"status\":\"PARTIALLY_FULFILLED\"}",
                        "\"trackingStatus\":\"in transit\"",
                        "\"code\":\"QUANTITY_EXCEEDED\"",
                        "\"lines\":[{\"lineNumber\":2,\"requested\":3,\"available\":2}]",
                        "\"reason\":\"INVENTORY\"",
                        "\"credit\":1384",
                        "\"balance\":-1384",
                        "\"items\":[{\"lineNumber\":2,\"quantity\":1}]",
                        "\"payment\":{\"status\":\"PARTIALLY_REFUNDED\"",
                        "\"balance\":0}",
                        "\"fulfillment\":{\"status\":\"FULFILLED\"}",
                        "\"status\":\"DELIVERED\"",
                        "\"status\":\"RECEIVED\"",
                        "\"credit\":1385",
                        "\"balance\":-1385",
                        "\"balance\":0}",
                        "\"fulfillment\":{\"status\":\"PARTIALLY_RETURNED\"}",
                        "\"status\":\"CLOSED\"",
                        "\"data\":[")
                .doesNotContain("\"status\":400", "\"status\":401", "\"status\":403", "\"status\":404");
    }

    static List<MarkdownPage> pagesWithCommandsForElsewhere() {
        return pages().stream()
                .filter(page -> !commands(page, "sh elsewhere").isEmpty())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pagesWithCommandsForElsewhere")
    void commandsForElsewhereAreWellFormedAndTheirScriptsAcceptTheOptions(MarkdownPage page) throws Exception {
        List<String> tools = new ArrayList<>(BUILD);
        tools.addAll(ELSEWHERE);
        List<String> commands = commands(page, "sh elsewhere").stream()
                .map(block -> block.replaceAll("<[A-Za-z][A-Za-z -]*>", "placeholder"))
                .toList();

        assertThat(run(commands, tools)).doesNotContain("Try scripts", "not found");
    }

    static List<MarkdownPage> pagesWithSql() {
        return pages().stream().filter(page -> !commands(page, "sql").isEmpty()).toList();
    }

    @ParameterizedTest
    @MethodSource("pagesWithSql")
    void sqlOfThePageRuns(MarkdownPage page) throws Exception {
        try (Connection connection = TestDatabase.get().connectAsSuperuser();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String block : commands(page, "sql")) {
                statement.execute(block);
            }
            connection.rollback();
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    private static List<String> commands(MarkdownPage page, String tag) {
        return page.blocks().stream()
                .filter(block -> block.tag().equals(tag))
                .map(MarkdownPage.Block::text)
                .toList();
    }

    /** Runs the blocks and returns their output. Fails if a block fails. */
    private static String run(List<String> blocks, List<String> standIns) throws Exception {
        Path tools = Files.createTempDirectory(directory, "tools");
        for (String tool : standIns) {
            Files.createSymbolicLink(tools.resolve(tool), STAND_IN.toAbsolutePath());
        }
        String script = String.join("\necho\n", blocks)
                .replace("localhost:8080", "localhost:" + server.port())
                .replace(
                        "jdbc:postgresql://localhost:5432/orders",
                        TestDatabase.get().url())
                .replace("erasures.jsonl", tools.resolve("erasures.jsonl").toString())
                .replaceAll("(?<![\\w/.])(scripts|benchmarks)/(\\w+\\.sh)", "documented $1/$2");
        Path output = tools.resolve("output");
        ProcessBuilder shell = new ProcessBuilder("bash", "-eu", "-o", "pipefail", "-c", script)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Map<String, String> environment = shell.environment();
        environment.keySet().removeIf(name -> name.startsWith("DB_") || name.equals("JAVA_HOME"));
        environment.put("PATH", tools + File.pathSeparator + environment.get("PATH"));
        environment.put("STAND_IN_JAVA", System.getProperty("java.home") + "/bin/java");
        environment.put("STAND_IN_CLASSPATH", System.getProperty("java.class.path"));
        environment.put("STAND_IN_ELSEWHERE", "" + standIns.containsAll(ELSEWHERE));
        Process process = shell.start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
