package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.local.testkit.LocalServer;
import com.ecommerce.orders.testkit.Tokens;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the files of the console. {@link ConsoleInBrowser} tests the console in a browser. */
class ConsolePagesTest {

    private static final Path FILES = Path.of("src/local/main/resources/com/ecommerce/orders/local/console");
    private static final Pattern REFERENCE =
            Pattern.compile("(?:src=|href=|from ?)[\"']((?:/console/|\\.{1,2}/)[^\"']+)[\"']");

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
    void thisServerHasAllFilesOfTheConsole() throws Exception {
        Set<String> paths = reachable();

        assertThat(paths).contains("/console/console.css", "/console/main.js", "/console/lit/lit-html.js");
        try (Stream<Path> files = Files.list(FILES)) {
            assertThat(files.map(file -> "/console/" + file.getFileName()))
                    .filteredOn(path -> !path.endsWith("index.html"))
                    .isSubsetOf(paths);
        }
    }

    /** Returns the paths of all files that the first page, or a file of it, names. Each of the files exists. */
    private static Set<String> reachable() throws Exception {
        Set<String> paths = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of("/"));
        while (!open.isEmpty()) {
            String path = open.remove();
            HttpResponse<String> response = server.get(path);
            assertThat(response.statusCode()).as(path).isEqualTo(200);
            for (Matcher found = REFERENCE.matcher(response.body()); found.find(); ) {
                String next = Path.of(path)
                        .resolveSibling(found.group(1))
                        .normalize()
                        .toString()
                        .replace('\\', '/');
                if (paths.add(next)) {
                    open.add(next);
                }
            }
        }
        return paths;
    }

    @Test
    void allowsOnlyFilesOfThisServerAndNoInlineScripts() throws Exception {
        for (String path : List.of("/", "/console/main.js", "/console/console.css")) {
            assertThat(server.get(path).headers().firstValue("Content-Security-Policy"))
                    .get()
                    .asString()
                    .contains("default-src 'none'", "script-src 'self';", "style-src 'self';", "frame-ancestors 'none'")
                    .contains("require-trusted-types-for 'script'")
                    .doesNotContain("unsafe", "http", "*", "data:");
        }
    }

    @Test
    void sendsEachFileWithItsType() throws Exception {
        assertThat(type("/")).isEqualTo("text/html;charset=utf-8");
        assertThat(type("/console/main.js")).isEqualTo("text/javascript;charset=utf-8");
        assertThat(type("/console/console.css")).isEqualTo("text/css;charset=utf-8");
        assertThat(type("/console/icon.svg")).isEqualTo("image/svg+xml");
    }

    private static String type(String path) throws Exception {
        return server.get(path).headers().firstValue("Content-Type").orElseThrow();
    }

    @Test
    void servesNoOtherFile() throws Exception {
        for (String path : List.of(
                "/console",
                "/console/",
                "/console/index.html",
                "/console/lit/package.json",
                "/console/lit/directives/unsafe-html.js",
                "/console/../docs.html",
                "/console/main.js/",
                "/console/main.class")) {
            assertThat(server.get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void isHiddenFromProxies() throws Exception {
        assertThat(server.get("/", "X-Forwarded-For", "127.0.0.1").statusCode()).isEqualTo(404);
    }

    @Test
    void isNotServedIfAnIssuerIsSet() throws Exception {
        try (LocalServer real = LocalServer.trusting(new Tokens(), Map.of())) {
            for (String path : List.of("/", "/console/main.js", "/console/lit/lit-html.js")) {
                assertThat(real.get(path).statusCode()).as(path).isEqualTo(404);
            }
        }
    }

    @Test
    void parsesNoTextAsHtmlOrCode() throws Exception {
        try (Stream<Path> files = Files.list(FILES)) {
            for (Path file : files.toList()) {
                assertThat(Files.readString(file))
                        .as(file.toString())
                        .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "unsafeHTML", "eval(")
                        .doesNotContain("new Function", "style=", "onclick=", "http://www.example", "https://");
            }
        }
    }
}
