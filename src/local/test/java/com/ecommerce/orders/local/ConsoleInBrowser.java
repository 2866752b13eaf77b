package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.local.testkit.LocalServer;
import com.ecommerce.orders.testkit.Await;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Tests of the console in Chromium. Not all machines have it: {@code scripts/check_console.sh} runs this class. */
@NullUnmarked
class ConsoleInBrowser {

    private static final Path SCREENSHOTS = Path.of("target", "console");
    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String TAB = "\uE004";
    private static final String ENTER = "\uE007";

    @TempDir
    static Path directory;

    private static LocalServer server;

    private Browser browser;
    private String tenant;

    @BeforeAll
    static void start() {
        server = LocalServer.withDevIssuer(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Opens the console of a tenant without orders. */
    @BeforeEach
    void open(@TempDir Path profile) throws Exception {
        browser = Browser.start(profile);
        tenant = "t" + UUID.randomUUID().toString().substring(0, 8);
        browser.show(1300, 1000, "light");
        browser.open(URI.create("http://localhost:" + server.port() + "/"));
        switchTo(tenant);
    }

    private void switchTo(String tenant) throws Exception {
        browser.click("#caller");
        browser.fill("#tenant", tenant);
        browser.click("#use-caller");
        browser.awaitText("#caller", tenant);
        browser.awaitText("#notice", tenant);
    }

    @AfterEach
    void thePageLoadsOnlyFromThisServer() throws Exception {
        try (Browser closing = browser) {
            assertThat(closing.requests())
                    .isNotEmpty()
                    .allMatch(uri -> uri.getHost().equals("localhost") && uri.getPort() == server.port());
        }
    }

    @Test
    void takesAnOrderFromPlacedToRefundedByMouse() throws Exception {
        browser.awaitText("main", "has no such orders");
        browser.click("#new-order");
        browser.click("#preview");
        browser.awaitText("dialog", "67.55 USD");
        browser.screenshot("dialog", SCREENSHOTS.resolve("preview.png"));
        browser.click("#apply");
        browser.awaitText("#grand-total", "67.55 USD");
        browser.awaitText("h1", "placed");

        browser.click("#action-confirm");
        browser.click("#apply");
        browser.awaitText("h1", "confirmed");
        browser.click("#record");
        browser.click("#preview");
        browser.click("#apply");
        browser.awaitText("#payments-title", "Payments paid");
        browser.click("#action-complete");
        browser.click("#apply");
        browser.awaitText("h1", "completed");
        browser.click("#refund");
        browser.click("#preview");
        browser.click("#apply");
        browser.awaitText("#payments-title", "Payments refunded");
        browser.awaitText(".timeline", "order completed");
        browser.screenshot("header", SCREENSHOTS.resolve("refunded.png"));

        assertThat(browser.complaints()).isEmpty();
        assertAccessible();
    }

    @Test
    void takesAnOrderFromPlacedToRefundedByKeyboard() throws Exception {
        tabTo("new-order");
        browser.press(ENTER);
        enterThePreview();
        browser.awaitText("h1", "placed");
        tabTo("action-confirm");
        browser.press(ENTER);
        applyByKeyboard();
        browser.awaitText("h1", "confirmed");
        tabTo("record");
        browser.press(ENTER);
        enterThePreview();
        browser.awaitText("#payments-title", "Payments paid");
        tabTo("action-complete");
        browser.press(ENTER);
        applyByKeyboard();
        browser.awaitText("h1", "completed");
        tabTo("refund");
        browser.press(ENTER);
        enterThePreview();
        browser.awaitText("#payments-title", "Payments refunded");
    }

    /** Presses Tab until the element has the focus. */
    private void tabTo(String id) throws Exception {
        browser.find("#" + id);
        for (int i = 0; i < 100 && !focused().equals(id); i++) {
            browser.press(TAB);
        }
        assertThat(focused()).isEqualTo(id);
    }

    private String focused() throws Exception {
        return browser.run("return document.activeElement.id").asString();
    }

    private void enterThePreview() throws Exception {
        browser.find("dialog[open]");
        tabTo("preview");
        browser.press(ENTER);
        applyByKeyboard();
    }

    /** The button that applies the change gets the focus as soon as the preview is there. */
    private void applyByKeyboard() throws Exception {
        Await.until("the focus on the button", TIMEOUT, () -> focused().equals("apply"));
        browser.press(ENTER);
        Await.until("the end of the dialog", TIMEOUT, () -> browser.run("return !document.querySelector('dialog')")
                .asBoolean());
    }

    @Test
    void saysThatAnotherTabWasFaster() throws Exception {
        placeAnOrder();
        String address = browser.run("return location.href").asString();
        String first = browser.openTab();
        browser.open(URI.create(address));
        browser.awaitText("main", "has no order");
        switchTo(tenant);
        browser.click("#action-confirm");
        browser.click("#apply");
        browser.awaitText("h1", "confirmed");

        browser.showTab(first);
        browser.click("#action-update");
        browser.fill("#field-note", "Please ring twice.");
        browser.click("#preview");
        browser.awaitText("dialog .problem", "412");
        browser.awaitText("dialog .stale", "The current version is \"2\"");
        browser.screenshot("dialog", SCREENSHOTS.resolve("stale.png"));
        assertAccessible();
        browser.click("#reload");
        browser.awaitText("h1", "confirmed");
    }

    private void placeAnOrder() throws Exception {
        browser.click("#new-order");
        browser.click("#preview");
        browser.click("#apply");
        browser.awaitText("h1", "placed");
    }

    @Test
    void sendsARequestAgainWithTheSameKeyAndGetsTheFirstResponse() throws Exception {
        placeAnOrder();
        String post = "//details[summary/span[@class='path' and text()='/orders']]";
        browser.run("document.evaluate(arguments[0], document).iterateNext().open = true", post);
        browser.click(".exchange[open] .again");
        browser.awaitText("#notice", "Nothing was changed a second time");
        browser.awaitText("#log", "replayed");
        browser.awaitText(".exchange[open] pre", "curl -s -X POST 'http://localhost:" + server.port() + "/orders'");
        browser.open(URI.create("http://localhost:" + server.port() + "/"));
        browser.find("main tbody tr");
        assertThat(browser.run("return document.querySelectorAll('[aria-label=\"Orders\"] tbody tr').length")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void showsNothingOfAnotherTenant() throws Exception {
        placeAnOrder();
        switchTo("other-" + tenant);
        browser.awaitText("main", "has no order");
        assertThat(browser.run("return document.querySelector('main').textContent")
                        .asString())
                .doesNotContain("67.55");
    }

    @Test
    void shipsAnOrderAndReceivesAReturn() throws Exception {
        placeAnOrder();
        browser.click("#action-confirm");
        browser.click("#apply");
        browser.awaitText("h1", "confirmed");
        browser.click("#ship");
        browser.click("#preview");
        browser.click("#apply");
        browser.awaitText("#shipping-title", "Fulfillment fulfilled");
        browser.click(".deliver");
        browser.click("#apply");
        browser.awaitText("#shipping-title", "Fulfillment delivered");
        browser.click("#return");
        browser.click("#preview");
        browser.click("#apply");
        browser.awaitText("[aria-label='Returns']", "requested");
        browser.click(".receive");
        browser.click("#preview");
        browser.awaitText("dialog", "receipts.0.items.0.disposition");
        browser.click("#apply");
        browser.awaitText("#shipping-title", "Fulfillment returned");
        browser.screenshot("#shipping-title", SCREENSHOTS.resolve("returned.png"));
        assertThat(browser.complaints()).isEmpty();
        assertAccessible();
    }

    @Test
    void makesSampleOrdersInEveryStateAndShowsThemInPages() throws Exception {
        browser.click("#samples");
        browser.awaitText("#notice", "30 sample orders are made");
        for (String status : List.of("placed", "confirmed", "completed", "cancelled")) {
            browser.awaitText("[aria-label='Orders']", status);
        }
        for (String payment : List.of("pending", "authorized", "overpaid", "partially refunded", "charged back")) {
            browser.awaitText("[aria-label='Orders']", payment);
        }
        browser.awaitText(".legend", "this page: 30.");
        for (String currency : List.of("USD", "EUR", "JPY", "KWD")) {
            browser.awaitText("#chart", "Revenue in " + currency);
        }
        browser.screenshot("header", SCREENSHOTS.resolve("samples.png"));

        browser.fill("#field-limit", "20");
        browser.click("#filter");
        browser.click("#next-page");
        browser.awaitText(".legend", "this page: 10.");
        browser.click("#previous-page");
        browser.awaitText(".legend", "this page: 20.");
        browser.fill("#field-paymentStatus", "CHARGED_BACK");
        browser.click("#filter");
        browser.awaitText(".legend", "this page: 1.");
        assertAccessible();
    }

    @Test
    void showsTextOfAnOrderAsText() throws Exception {
        String markup = "<img src=x onerror=alert(1)>";
        browser.click("#new-order");
        browser.fill("[name='customer.name']", markup);
        browser.click("#preview");
        browser.click("#apply");
        browser.awaitText("main", markup);
        assertThat(browser.run("return document.querySelectorAll('main img').length")
                        .asInt())
                .isZero();
    }

    @Test
    void isAccessibleOnAPhoneAndInDarkColors() throws Exception {
        placeAnOrder();
        for (String colors : List.of("light", "dark")) {
            browser.show(390, 844, colors);
            for (String page : List.of("/", "/#/orders/" + orderId())) {
                browser.open(URI.create("http://localhost:" + server.port() + page));
                browser.find("main table");
                assertAccessible();
                assertThat(browser.run("return document.documentElement.scrollWidth")
                                .asInt())
                        .isLessThanOrEqualTo(390);
                browser.screenshot(
                        "header", SCREENSHOTS.resolve((page.equals("/") ? "orders-" : "order-") + colors + ".png"));
            }
        }
    }

    private String orderId() throws Exception {
        String link = browser.run("return (document.querySelector('main td a') ?? location).href")
                .asString();
        return link.substring(link.lastIndexOf('/') + 1);
    }

    /** The page has no fault that axe-core calls serious or critical. */
    private void assertAccessible() throws Exception {
        try (InputStream script = ConsoleInBrowser.class.getResourceAsStream(AXE)) {
            browser.run(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
        JsonNode faults = browser.run("return axe.run().then(result => result.violations"
                + ".filter(fault => ['serious', 'critical'].includes(fault.impact))"
                + ".map(fault => fault.id + ': ' + fault.nodes.map(node => node.target.join(' ')).join(', ')))");
        assertThat(faults.valueStream().map(JsonNode::asString)).isEmpty();
    }
}
