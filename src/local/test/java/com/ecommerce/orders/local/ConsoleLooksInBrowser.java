package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Tests of the sample orders and of the looks of the console in Chromium. {@code scripts/check_console.sh} runs this class. */
@NullUnmarked
class ConsoleLooksInBrowser extends ConsoleSession {

    @Test
    void makesSampleOrdersInEveryStateAndShowsThemInPages() throws Exception {
        makeSamples();
        for (String status : List.of("placed", "confirmed", "completed", "cancelled")) {
            browser.awaitText("[aria-label='Orders']", status);
        }
        for (String payment : List.of("pending", "authorized", "overpaid", "partially refunded", "charged back")) {
            browser.awaitText("[aria-label='Orders']", payment);
        }
        browser.awaitText(".legend", "in the chart: 30.");
        browser.screenshot("header", SCREENSHOTS.resolve("docs-orders.png"));
        for (String currency : List.of("USD", "EUR", "JPY", "KWD")) {
            browser.awaitText("#chart", "Revenue in " + currency);
        }
        browser.screenshot("#chart", SCREENSHOTS.resolve("docs-chart.png"));

        filter("limit", "20");
        browser.awaitText(".legend", "in the chart: 20.");
        browser.click("#chart-more");
        browser.awaitText(".legend", "in the chart: 30.");
        browser.click("#next-page");
        browser.awaitText(".legend", "in the chart: 10.");
        browser.click("#previous-page");
        browser.awaitText(".legend", "in the chart: 20.");
        filter("paymentStatus", "CHARGED_BACK");
        browser.awaitText(".legend", "in the chart: 1.");
        filter("paymentStatus", "");
        filter("fulfillmentStatus", "RETURNED");
        browser.awaitText(".legend", "in the chart: 1.");
        filter("fulfillmentStatus", "");
        filter("createdTo", "2000-01-01");
        browser.awaitText("main", "has no such orders");
    }

    private void makeSamples() throws Exception {
        browser.click("#samples");
        browser.awaitText("#notice", "30 sample orders were made");
    }

    private void filter(String name, String value) throws Exception {
        browser.fill("#filter-" + name, value);
        browser.click("#filter");
    }

    @Test
    void isAccessibleInAllSizesAndColors() throws Exception {
        makeSamples();
        String order = browser.run("return [...document.querySelectorAll('main tr')]"
                        + ".find(row => row.textContent.includes('partially returned')).querySelector('a').hash")
                .asString();
        for (String colors : List.of("light", "dark")) {
            for (int width : List.of(1300, 390)) {
                browser.show(width, 844, colors);
                String suffix = "-" + colors + "-" + width + ".png";
                open("/");
                browser.awaitText(".legend", "in the chart: 30.");
                assertFits(width);
                browser.screenshot("header", SCREENSHOTS.resolve("orders" + suffix));
                open("/" + order);
                browser.awaitText(".timeline", "return created");
                assertFits(width);
                browser.screenshot("header", SCREENSHOTS.resolve("order" + suffix));
                open("/");
                browser.click("#new-order");
                browser.run("document.querySelectorAll('details').forEach(part => part.open = true)");
                assertFits(width);
                browser.screenshot("dialog", SCREENSHOTS.resolve("form" + suffix));
                browser.click("#preview");
                browser.find("#apply");
                assertFits(width);
                browser.screenshot("dialog", SCREENSHOTS.resolve("preview" + suffix));
            }
        }
    }

    @Test
    void showsAPreviewOnAPhone() throws Exception {
        browser.show(390, 844, "dark");
        preview("#new-order");
        browser.screenshot("dialog", SCREENSHOTS.resolve("docs-preview.png"));
    }

    private void assertFits(int width) throws Exception {
        assertThat(browser.run("return document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(width);
        assertAccessible();
    }
}
