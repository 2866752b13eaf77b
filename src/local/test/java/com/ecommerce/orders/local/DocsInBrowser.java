package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.local.testkit.LocalServer;
import com.ecommerce.orders.testkit.Await;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the page {@code /docs} in Chromium. Not all machines have it: {@code scripts/check_docs_page.sh} runs this class. */
class DocsInBrowser {

    private static final Path SCREENSHOTS = Path.of("target", "docs-page");
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String NAVIGATION = "aside[role=navigation]";
    private static final String CREATE = "[id='api-1/tag/orders/POST/orders']";
    private static final String READ = "[id='api-1/tag/orders/GET/orders/{orderId}']";
    private static final String RESPONSE = "[role=dialog] section[aria-label=Response]";

    @TempDir
    static Path directory;

    private static LocalServer server;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        server = LocalServer.withDevIssuer(directory);
        browser = Browser.start(directory);
        browser.show(1400, 1000, "light");
    }

    @AfterAll
    static void stop() throws Exception {
        browser.close();
        server.close();
    }

    @Test
    void navigatesToGuidesAndOperations() throws Exception {
        open("");

        browser.click(NAVIGATION + " [data-sidebar-id='api-1/description/introduction'] button");
        for (String guide :
                List.of("Identity", "Idempotency and retries", "Paging", "Events", "Errors", "Place an order")) {
            browser.awaitText(NAVIGATION, guide);
        }
        browser.screenshot(NAVIGATION, SCREENSHOTS.resolve("opened.png"));

        assertThat(text(NAVIGATION)).doesNotContain("headers only");
        assertPageIsClean();
    }

    @Test
    void createsTwoOrdersWithoutALoginAndFillsInTheNewest() throws Exception {
        open("tag/orders/POST/orders");
        browser.find(CREATE + " .show-api-client-button");
        browser.click(CREATE + " .show-api-client-button");

        String first = sendUntilCreated("");
        String second = sendUntilCreated(first);
        browser.screenshot(RESPONSE, SCREENSHOTS.resolve("order-placed.png"));

        open("tag/orders/GET/orders/{orderId}");
        browser.awaitText(READ, second);
        browser.screenshot(READ, SCREENSHOTS.resolve("order-read.png"));
        assertPageIsClean();
    }

    @Test
    void offersSamplesInFourLanguages() throws Exception {
        open("tag/orders/POST/orders");

        browser.awaitText(CREATE, "curl http://localhost:" + server.port() + "/orders");
        browser.click(CREATE + " [data-testid=client-picker]");
        browser.find("[role=option]");

        assertThat(browser.run(
                                "return [...document.querySelectorAll('[role=option]')].map(o => o.innerText).sort().join()")
                        .asString())
                .isEqualTo("Curl,Requests,TypeScript,java.net.http");
        browser.run("[...document.querySelectorAll('[role=option]')].find(o => o.innerText === 'TypeScript').click()");
        browser.awaitText(
                CREATE, "const response: Response = await fetch('http://localhost:" + server.port() + "/orders'");
        assertPageIsClean();
    }

    @Test
    void foldsErrorsUntilTheyAreOpened() throws Exception {
        open("tag/orders/POST/orders");
        browser.awaitText(CREATE, "The request has no token");

        assertThat(browser.run(
                                "return [...document.querySelector(arguments[0]).querySelectorAll('button[aria-expanded]')]"
                                        + ".filter(b => /^4\\d\\d/.test(b.innerText.trim())).map(b => b.ariaExpanded)",
                                CREATE)
                        .valueStream()
                        .map(expanded -> expanded.asString())
                        .toList())
                .hasSizeGreaterThan(5)
                .containsOnly("false");
    }

    @Test
    void linksEachProblemCodeToItsPage() throws Exception {
        open("model/ProblemCode");
        browser.find("a[href='/problems/stale-version']");

        String address = browser.run("return document.querySelector('a[href=\"/problems/stale-version\"]').href")
                .asString();
        assertThat(server.get(URI.create(address).getPath()).statusCode()).isEqualTo(200);
    }

    @Test
    void followsTheColorsOfTheSystem() throws Exception {
        browser.show(1400, 1000, "dark");
        try {
            open("");
            browser.find("body.dark-mode");
            browser.screenshot("main", SCREENSHOTS.resolve("dark.png"));
        } finally {
            browser.show(1400, 1000, "light");
        }
    }

    /** Opens a part of the page newly: a change of the fragment alone would not load the page again. */
    private static void open(String part) throws Exception {
        browser.open(URI.create("about:blank"));
        browser.open(URI.create("http://localhost:" + server.port() + "/docs#"
                + part.replace("{", "%7B").replace("}", "%7D")));
        browser.awaitText(NAVIGATION, "Introduction");
    }

    /** Sends the request of the dialog, until the response has an order other than {@code before}. Returns its id. */
    private static String sendUntilCreated(String before) throws Exception {
        browser.find("[role=dialog] [data-addressbar-action=send]");
        browser.run("document.querySelector('[role=dialog] [data-addressbar-action=send]').click()");
        String[] created = {""};
        Await.until("a new order", TIMEOUT, () -> {
            created[0] = browser.run(
                            "const shown = document.querySelector(arguments[0])?.textContent ?? '';"
                                    + "return shown.includes('201 Created') ? shown.match(/\"id\": \"([^\"]+)\"/)?.[1] ?? '' : ''",
                            RESPONSE)
                    .asString();
            return !created[0].isEmpty() && !created[0].equals(before);
        });
        return created[0];
    }

    private static String text(String css) throws Exception {
        return browser.run("return document.querySelector(arguments[0]).textContent", css)
                .asString();
    }

    /** The page asks no other server, and the browser reports no error and no breach of the security policy. */
    private static void assertPageIsClean() throws Exception {
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests())
                .hasSizeGreaterThan(4)
                .filteredOn(uri -> !"about".equals(uri.getScheme()))
                .allMatch(uri -> uri.getHost().equals("localhost") && uri.getPort() == server.port());
    }
}
