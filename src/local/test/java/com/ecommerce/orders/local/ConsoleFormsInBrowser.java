package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the forms of the console in Chromium. {@code scripts/check_console.sh} runs this class. */
@NullUnmarked
class ConsoleFormsInBrowser extends ConsoleSession {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String MARKUP = "\"'><img src=x onerror=alert(1)><script>alert(2)</script>${alert(3)}";

    @ParameterizedTest
    @CsvSource({"USD, 24.99, 0.50, 56.98 USD", "JPY, 2499, 50, 5698 JPY", "KWD, 2.499, 0.050, 5.698 KWD"})
    void readsAndShowsMoneyWithTheDecimalsOfItsCurrency(String currency, String price, String shipping, String total)
            throws Exception {
        browser.click("#new-order");
        browser.fill("#field-currency", currency);
        browser.run("document.querySelectorAll('.row:not(:first-of-type) input').forEach(input => input.value = '')");
        browser.fill("[name='items.unitPrice']", price);
        browser.fill("[name='items.taxRate']", "0.13");
        browser.fill("[name='shipping.amount']", shipping);
        browser.click("#preview");
        browser.awaitText("dialog .preview", total);
        browser.click("#apply");
        browser.awaitText("#grand-total", total);
        browser.awaitText("[aria-label='Items']", price + " " + currency);
        browser.awaitText("[aria-label='Items']", "13 %");
    }

    @Test
    void editsPricesAndAddressesAndMetadata() throws Exception {
        placeAnOrder();
        browser.click("#action-update");
        browser.run("document.querySelectorAll('dialog details').forEach(group => group.open = true)");
        browser.fill("[name='items.quantity']", "3");
        browser.fill("[name='discounts.description']", "Welcome");
        browser.fill("[name='discounts.percent']", "10");
        for (Map.Entry<String, String> member : Map.of(
                        "name",
                        "Ada",
                        "line1",
                        "1 Main Street",
                        "city",
                        "Berlin",
                        "postalCode",
                        "10117",
                        "country",
                        "DE")
                .entrySet()) {
            browser.fill("[name='shippingAddress." + member.getKey() + "']", member.getValue());
        }
        browser.fill("[name='metadata.key']", "channel");
        browser.fill("[name='metadata.value']", "web");
        browser.fill("#field-note", "Please ring\ntwice.");
        browser.click("#preview");
        browser.awaitText("dialog .preview", "shippingAddress.city");
        browser.screenshot("dialog", SCREENSHOTS.resolve("edit.png"));
        apply("The order is saved");
        browser.awaitText("main", "Welcome 10 %");
        browser.awaitText("main", "1 Main Street, 10117, Berlin, DE");
        browser.awaitText("main", "channel: web");

        preview("#action-update");
        browser.awaitText("dialog", "Nothing would change");
        browser.click("#back");
        browser.fill("[name='shippingAddress.city']", "");
        browser.click("#preview");
        browser.awaitText("dialog .problem", "/shippingAddress/city");
        browser.fill("[name='shippingAddress.city']", "Potsdam");
        browser.fill("[name='metadata.key']", "");
        browser.fill("[name='metadata.value']", "");
        browser.click("#preview");
        browser.awaitText("#log pre", "-d '{\"shippingAddress\":{\"city\":\"Potsdam\"},\"metadata\":null}'");
        apply("The order is saved");
        browser.awaitText("main", "Potsdam");
        assertThat(browser.run("return document.querySelector('main').textContent")
                        .asString())
                .doesNotContain("channel: web");
    }

    @Test
    void settlesAPaymentAndLetsItFailLater() throws Exception {
        placeAnOrder();
        preview("#record", "state", "PENDING");
        apply("The payment is recorded");
        browser.awaitText("#payments-title", "Payments pending");
        preview(".settle");
        browser.awaitText("dialog .preview", "SUCCEEDED");
        apply("The payment is settled");
        browser.awaitText("#payments-title", "Payments paid");
        preview(".fail", "failureReason", "The card has expired");
        apply("The payment is settled");
        browser.awaitText("#payments-title", "Payments unpaid");
        browser.awaitText("[aria-label='Transactions']", "The card has expired");
    }

    @Test
    void shipsAndCancelsAndReturnsItems() throws Exception {
        placeAnOrder();
        change("#action-confirm");
        preview("#ship", "quantity-1", "1", "carrier", "DHL");
        apply("The items are shipped");
        browser.awaitText("#shipping-title", "Fulfillment partially fulfilled");
        preview(".track", "trackingNumber", "JD0140");
        apply("The tracking is saved");
        browser.awaitText("[aria-label='Fulfillments']", "DHL JD0140");
        change("[aria-label='Fulfillments'] .cancel");
        browser.awaitText("[aria-label='Fulfillments']", "cancelled");
        preview("#cancel-items", "quantity-2", "0", "quantity-1", "1", "note", "Sold out");
        browser.awaitText("dialog .preview", "27.68 USD");
        apply("The items are canceled");
        browser.awaitText("[aria-label='Canceled items']", "Sold out");
        preview("#ship");
        apply("The items are shipped");
        change(".deliver");
        browser.awaitText("#shipping-title", "Fulfillment delivered");

        preview("#return", "reason", "too small");
        apply("The return is requested");
        change("[aria-label='Returns'] .cancel");
        browser.awaitText("[aria-label='Returns']", "cancelled");
        preview("#return");
        apply("The return is requested");
        preview(".receive", "quantity-2", "0", "fee", "1.00");
        browser.awaitText("dialog .preview", "receipts.0.items.0.disposition");
        browser.awaitText("dialog .preview", "1.00 USD");
        apply("The items are received");
        browser.awaitText("#shipping-title", "Fulfillment partially returned");
        change("[aria-label='Returns'] .close");
        browser.awaitText("[aria-label='Returns']", "closed");
        browser.awaitText("[aria-label='Items']", "1 shipped, 1 canceled, 1 returned");
        browser.screenshot("#shipping-title", SCREENSHOTS.resolve("returned.png"));
        assertThat(browser.complaints()).isEmpty();
        assertAccessible();
    }

    @Test
    void cancelsAnOrder() throws Exception {
        placeAnOrder();
        preview("#action-cancel", "reason", "Ordered twice");
        browser.awaitText("dialog .preview", "CANCELLED");
        apply("The order is canceled");
        browser.awaitText("h1", "cancelled");
        browser.awaitText("main", "Ordered twice");
        assertThat(browser.run("return document.querySelectorAll('[id^=action-]').length")
                        .asInt())
                .isZero();
    }

    @Test
    void showsTextOfAnOrderAsText() throws Exception {
        String path = orderOfMarkup();
        open("/#" + path);
        browser.awaitText("h1", MARKUP);
        browser.run("document.querySelectorAll('details').forEach(part => part.open = true)");
        browser.click("#action-update");
        browser.click("#preview");
        browser.awaitText("dialog", "Nothing would change");
        assertNoMarkup();
        open("/");
        browser.awaitText("[aria-label='Orders']", MARKUP);
        assertNoMarkup();
        open("/#/?status=" + URLEncoder.encode(MARKUP, StandardCharsets.UTF_8));
        browser.awaitText("main .problem", "400");
        assertNoMarkup();
    }

    /** Makes an order whose texts are markup and scripts, and an entry of each ledger. */
    private String orderOfMarkup() throws Exception {
        String token = server.get("/dev/token?tenant=" + tenant).body();
        String text = JSON.writeValueAsString(MARKUP);
        String address = "{\"name\":%s,\"line1\":%s,\"city\":%s,\"postalCode\":\"<b>1</b>\",\"country\":\"US\"}"
                .replace("%s", text);
        String order = "{\"externalRef\":%s,\"currency\":\"USD\",\"customer\":{\"id\":%s,\"name\":%s},\"note\":%s,"
                + "\"items\":[{\"sku\":%s,\"name\":%s,\"quantity\":3,\"unitPrice\":1000}],"
                + "\"discounts\":[{\"description\":%s,\"amount\":100}],\"shippingAddress\":%a,\"billingAddress\":%a,"
                + "\"metadata\":{\"<script>alert(1)</script>\":%s,\"__proto__\":%s}}";
        HttpResponse<String> placed =
                server.post("/orders", token, order.replace("%a", address).replace("%s", text));
        String path = placed.headers().firstValue("Location").orElseThrow();
        String line = "\"items\":[{\"lineNumber\":1,\"quantity\":1}]";
        Map<String, String> entries = Map.of(
                "/cancellations", "{" + line + ",\"reason\":\"OTHER\",\"note\":" + text + "}",
                "/fulfillments", "{" + line + ",\"carrier\":" + text + ",\"trackingStatus\":\"<b>x</b>\"}",
                "/transactions",
                        "{\"kind\":\"SALE\",\"state\":\"FAILED\",\"amount\":1,\"currency\":\"USD\",\"provider\":\"demo\","
                                + "\"reference\":" + text + ",\"failureReason\":" + text + "}");
        assertThat(server.post(path + "/confirm", token, "{}").statusCode()).isEqualTo(200);
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            assertThat(server.post(path + entry.getKey(), token, entry.getValue())
                            .statusCode())
                    .isEqualTo(201);
        }
        return path;
    }

    /** The page has no element of the markup. The policy of the page would have reported a script or an event handler. */
    private void assertNoMarkup() throws Exception {
        assertThat(browser.run("return document.querySelectorAll('img, b, script:not([src])').length")
                        .asInt())
                .isZero();
        assertThat(browser.complaints()).noneMatch(complaint -> complaint.contains("Content Security Policy"));
    }
}
