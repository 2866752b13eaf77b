package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.local.testkit.LocalServer;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The console of a tenant without orders, in Chromium. {@code scripts/check_console.sh} runs the tests that extend this class. */
@NullUnmarked
abstract class ConsoleSession {

    static final Path SCREENSHOTS = Path.of("target", "console");
    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

    @TempDir
    static Path directory;

    static LocalServer server;

    Browser browser;
    String tenant;

    @BeforeAll
    static void start() {
        server = LocalServer.withDevIssuer(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void openTheConsole(@TempDir Path profile) throws Exception {
        browser = Browser.start(profile);
        tenant = "t" + UUID.randomUUID().toString().substring(0, 8);
        browser.show(1300, 1000, "light");
        open("/");
        switchTo(tenant);
    }

    void open(String path) throws Exception {
        browser.open(URI.create("http://localhost:" + server.port() + path));
    }

    void switchTo(String tenant) throws Exception {
        browser.click("#caller");
        browser.fill("#tenant", tenant);
        browser.click("#use-caller");
        browser.awaitText("#caller", tenant);
        browser.awaitText("#notice", tenant);
    }

    void placeAnOrder() throws Exception {
        browser.click("#new-order");
        browser.click("#preview");
        browser.click("#apply");
        browser.awaitText("h1", "placed");
    }

    /** Opens a dialog without a form, looks at the preview, and makes the change. */
    void change(String button) throws Exception {
        browser.click(button);
        browser.find("#apply");
        browser.click("#apply");
        browser.awaitGone("dialog");
    }

    /** Opens a dialog and looks at the preview of its form as it is, or with the values, which are names and texts in turn. */
    void preview(String button, String... values) throws Exception {
        browser.click(button);
        for (int i = 0; i < values.length; i += 2) {
            browser.fill("dialog [name='" + values[i] + "']", values[i + 1]);
        }
        browser.click("#preview");
        browser.find("#apply");
    }

    void apply(String notice) throws Exception {
        browser.click("#apply");
        browser.awaitText("#notice", notice);
    }

    /** The page has no fault that axe-core calls serious or critical. */
    void assertAccessible() throws Exception {
        try (InputStream script = ConsoleSession.class.getResourceAsStream(AXE)) {
            browser.run(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
        JsonNode faults = browser.run("return axe.run().then(result => result.violations"
                + ".filter(fault => ['serious', 'critical'].includes(fault.impact))"
                + ".map(fault => fault.id + ': ' + fault.nodes.map(node => node.target.join(' ')).join(', ')))");
        assertThat(faults.valueStream().map(JsonNode::asString)).isEmpty();
    }

    @AfterEach
    void thePageLoadsOnlyFromThisServer() throws Exception {
        try (Browser closing = browser) {
            assertThat(closing.requests())
                    .isNotEmpty()
                    .allMatch(uri -> uri.getHost().equals("localhost") && uri.getPort() == server.port());
        }
    }
}
