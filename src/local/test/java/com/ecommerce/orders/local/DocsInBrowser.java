package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.local.testkit.LocalServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the page {@code /docs} in Chromium. Not all machines have it: {@code scripts/check_docs_page.sh} runs this class. */
class DocsInBrowser {

    private static final Path SCREENSHOTS = Path.of("target", "docs-page");
    private static final String CREATE = "#operations-Orders-createOrder";
    private static final String LIST = "#operations-Orders-listOrders";

    private static final String ANSWER = " .live-responses-table tbody .response-col_";

    @TempDir
    Path directory;

    @Test
    void placesOrdersWithoutALoginAndFindsThemInTheList() throws Exception {
        String reference = "docs-" + UUID.randomUUID();
        try (LocalServer server = LocalServer.withDevIssuer(directory);
                Browser browser = Browser.start(directory)) {
            browser.open(URI.create("http://localhost:" + server.port() + "/docs"));
            browser.awaitText(".info .title", "Order API");
            browser.find(".auth-wrapper .authorize.locked");
            browser.screenshot(".info", SCREENSHOTS.resolve("opened.png"));

            browser.click(CREATE + " .opblock-summary-control");
            for (String number : List.of("-1", "-2")) {
                browser.fill(
                        CREATE + " textarea.body-param__text",
                        """
                        {"externalRef": "%s", "currency": "EUR",
                         "items": [{"sku": "BOOK", "quantity": 2, "unitPrice": 1999, "taxRate": "0.07"}]}
                        """
                                .formatted(reference + number));
                browser.click(CREATE + " .execute");
                browser.awaitText(CREATE + ANSWER + "description", reference + number);
                browser.awaitText(CREATE + ANSWER + "status", "201");
                browser.awaitText(CREATE + ANSWER + "description", "4278");
            }
            browser.screenshot(CREATE + " .opblock-section-request-body", SCREENSHOTS.resolve("order-placed.png"));
            browser.click(CREATE + " .opblock-summary-control");

            browser.click(LIST + " .opblock-summary-control");
            browser.click(LIST + " .execute");
            browser.awaitText(LIST + ANSWER + "status", "200");
            browser.awaitText(LIST + ANSWER + "description", reference + "-1");
            browser.awaitText(LIST + ANSWER + "description", reference + "-2");
            browser.screenshot(LIST + " .responses-wrapper", SCREENSHOTS.resolve("order-listed.png"));

            assertThat(browser.complaints()).isEmpty();
            assertThat(browser.requests())
                    .hasSizeGreaterThan(6)
                    .allMatch(uri -> uri.getHost().equals("localhost") && uri.getPort() == server.port());
        }
    }
}
