package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.testkit.Await;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests of the console in Chromium: orders and their changes. {@code scripts/check_console.sh} runs this class. */
@NullUnmarked
class ConsoleInBrowser extends ConsoleSession {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String TAB = "\uE004";
    private static final String ENTER = "\uE007";

    @Test
    void takesAnOrderFromPlacedToRefundedByMouse() throws Exception {
        browser.awaitText("main", "has no such orders");
        preview("#new-order");
        browser.awaitText("dialog", "67.55 USD");
        browser.screenshot("dialog", SCREENSHOTS.resolve("preview.png"));
        browser.click("#apply");
        browser.awaitText("#grand-total", "67.55 USD");
        browser.awaitText("h1", "placed");

        change("#action-confirm");
        browser.awaitText("h1", "confirmed");
        preview("#record");
        apply("The payment is recorded");
        browser.awaitText("#payments-title", "Payments paid");
        preview("#ship", "carrier", "DHL");
        apply("The items are shipped");
        change("#action-complete");
        browser.awaitText("h1", "completed");
        preview("#refund");
        apply("The refund is recorded");
        browser.awaitText("#payments-title", "Payments refunded");
        browser.awaitText(".timeline", "order completed");
        browser.screenshot("header", SCREENSHOTS.resolve("docs-order.png"));

        assertThat(browser.complaints()).isEmpty();
        assertAccessible();
    }

    @Test
    void takesAnOrderFromPlacedToRefundedByKeyboard() throws Exception {
        tabTo("new-order");
        browser.press(ENTER);
        browser.find("dialog[open]");
        tabTo("field-externalRef");
        browser.press("K-1");
        enterThePreview();
        browser.awaitText("h1", "K-1 placed");
        tabTo("action-confirm");
        browser.press(ENTER);
        applyByKeyboard();
        browser.awaitText("h1", "confirmed");
        tabTo("record");
        browser.press(ENTER);
        enterThePreview();
        browser.awaitText("#payments-title", "Payments paid");
        tabTo("ship");
        browser.press(ENTER);
        enterThePreview();
        browser.awaitText("#shipping-title", "Fulfillment fulfilled");
        tabTo("action-complete");
        browser.press(ENTER);
        applyByKeyboard();
        browser.awaitText("h1", "completed");
        tabTo("refund");
        browser.press(ENTER);
        enterThePreview();
        browser.awaitText("#payments-title", "Payments refunded");
        browser.screenshot("header", SCREENSHOTS.resolve("refunded-by-keyboard.png"));
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
        browser.awaitGone("dialog");
    }

    @Test
    void saysThatAnotherTabWasFaster() throws Exception {
        placeAnOrder();
        String address = browser.run("return location.href").asString();
        String first = browser.openTab();
        browser.open(URI.create(address));
        browser.awaitText("main", "has no order");
        switchTo(tenant);
        change("#action-confirm");
        browser.awaitText("h1", "confirmed");

        browser.showTab(first);
        browser.click("#action-update");
        browser.fill("#field-note", "Please ring twice.");
        browser.click("#preview");
        browser.awaitText("dialog .problem", "412");
        browser.awaitText("dialog .stale", "The current version is \"2\"");
        assertThat(browser.run("const box = document.querySelector('dialog .problem').getBoundingClientRect();"
                                + "return box.top >= 0 && box.bottom <= innerHeight")
                        .asBoolean())
                .as("the problem is in sight")
                .isTrue();
        browser.screenshot("dialog .problem", SCREENSHOTS.resolve("docs-stale.png"));
        assertAccessible();
        browser.click("#reload");
        browser.awaitText("h1", "confirmed");
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
        open("/");
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
    void sendsAChangeOnceIfTheButtonIsClickedTwice() throws Exception {
        preview("#new-order");
        browser.run("const button = document.querySelector('#apply'); button.click(); button.click()");
        browser.awaitText("h1", "placed");
        assertThat(browser.run("return [...document.querySelectorAll('#log .exchange')]"
                                + ".filter(entry => entry.textContent.includes('Idempotency-Key')).length")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void getsANewTokenWhenTheFirstOneHasExpired() throws Exception {
        placeAnOrder();
        browser.run("return import('/console/state.js').then(({ state }) => { state.session.token = 'expired'; })");
        browser.click("#reload-order");
        browser.awaitText("#notice", "The order is up to date");
        browser.awaitText("#log", "401");
        browser.awaitText("h1", "placed");
    }

    @Test
    void keepsTheDialogUsableIfThereIsNoNewToken() throws Exception {
        browser.click("#new-order");
        browser.find("#preview");
        browser.run("window.realFetch = window.fetch;"
                + "window.fetch = (path, options) => path.startsWith('/dev/token')"
                + " ? Promise.reject(new Error('the test has no token')) : realFetch(path, options);"
                + "return import('/console/state.js').then(({ state }) => { state.session.token = 'expired'; })");
        browser.click("#preview");
        browser.awaitText("dialog .problem", "401");
        browser.awaitText("#notice", "There is no new token: the test has no token");

        browser.run("window.fetch = window.realFetch");
        browser.click("#preview");
        browser.find("#apply");
        browser.click("#apply");
        browser.awaitText("h1", "placed");
    }

    @Test
    void doesNotSendARequestAgainAsAnotherCaller() throws Exception {
        JsonNode result = browser.run("return Promise.all([import('/console/state.js'), import('/console/api.js')])"
                + ".then(async ([{ state }, { send }]) => {"
                + "  const other = { ...state.session, tenant: 'other' };"
                + "  state.session = { ...state.session, token: 'expired' };"
                + "  const real = window.fetch;"
                + "  window.fetch = (path, options) => {"
                + "    if (path.startsWith('/dev/token')) { state.session = other; }"
                + "    return real(path, options);"
                + "  };"
                + "  const { status, caller } = await send({ method: 'GET', path: '/orders' });"
                + "  window.fetch = real;"
                + "  return `${status} ${caller.tenant} ${state.session === other}`;"
                + "})");

        assertThat(result.asString()).isEqualTo("401 " + tenant + " true");
    }

    @Test
    void saysWhichScopeTheCallerLacks() throws Exception {
        placeAnOrder();
        browser.click("#caller");
        browser.click("[name='scope'][value='payments:write']");
        browser.click("#use-caller");
        browser.awaitText("#notice", tenant);
        browser.click("#record");
        browser.click("#preview");
        browser.awaitText("dialog .problem", "403");
        browser.awaitText("dialog .problem", "payments:write");
    }
}
