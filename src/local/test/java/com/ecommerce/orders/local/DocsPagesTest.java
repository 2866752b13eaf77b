package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.local.testkit.LocalServer;
import com.ecommerce.orders.testkit.Tokens;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the files of the contract viewer. {@link DocsInBrowser} tests the page in a browser. */
class DocsPagesTest {

    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

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

    @Test
    void thisServerHasAllFilesOfThePage() throws Exception {
        HttpResponse<String> page = server.get("/docs");
        List<String> references = REFERENCE
                .matcher(page.body())
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();

        assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
        assertThat(references).hasSize(4).allMatch(reference -> reference.startsWith("/"));
        for (String reference : references) {
            HttpResponse<String> answer = server.get(reference);
            assertThat(answer.statusCode()).as(reference).isEqualTo(200);
            assertThat(answer.body()).as(reference).isNotEmpty();
        }
    }

    @Test
    void thePageLoadsNothingFromOtherServersAndRefusesToBeFramed() throws Exception {
        assertThat(server.get("/docs").headers().firstValue("Content-Security-Policy"))
                .get()
                .asString()
                .contains("default-src 'none'", "connect-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("http", "*");
    }

    @Test
    void isHiddenFromProxies() throws Exception {
        assertThat(server.get("/docs", "X-Forwarded-For", "127.0.0.1").statusCode())
                .isEqualTo(404);
    }

    @Test
    void isNotServedIfAnIssuerIsSet() throws Exception {
        try (LocalServer real = LocalServer.trusting(new Tokens(), Map.of())) {
            for (String path : List.of("/docs", "/docs/docs.js", "/docs/docs-typescript.js", "/docs/scalar.js")) {
                assertThat(real.get(path).statusCode()).as(path).isEqualTo(404);
            }
        }
    }

    @Test
    void servesNoOtherFileOfTheViewer() throws Exception {
        for (String path : List.of("/docs/", "/docs/index.html", "/docs/scalar.js.map", "/docs/../pom.xml")) {
            assertThat(server.get(path).statusCode()).as(path).isEqualTo(404);
        }
    }
}
