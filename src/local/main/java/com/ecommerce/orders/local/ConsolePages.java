package com.ecommerce.orders.local;

import com.ecommerce.orders.http.ApiResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The console at {@code /}: a page to try the API, and an example of a back office. All its files are on the class path.
 */
final class ConsolePages {

    /**
     * A policy that allows only files and requests of this server. Browsers that know Trusted Types refuse to parse text as
     * HTML, except the constant templates that lit-html makes.
     */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types lit-html";

    private static final List<String> MODULES = List.of(
            "actions",
            "api",
            "change",
            "chart",
            "details",
            "dialog",
            "differences",
            "events",
            "forms",
            "html",
            "list",
            "log",
            "main",
            "money",
            "neworder",
            "order",
            "payments",
            "samples",
            "session",
            "shipping",
            "state");

    private static final List<String> LIBRARY =
            List.of("lit-html.js", "directive.js", "directive-helpers.js", "directives/repeat.js");

    private final Map<String, PageFile> pages = new HashMap<>();

    ConsolePages() {
        pages.put("/", new PageFile("console/index.html", PageFile.HTML, POLICY));
        pages.put("/console/console.css", new PageFile("console/console.css", PageFile.CSS, POLICY));
        pages.put("/console/icon.svg", new PageFile("console/icon.svg", "image/svg+xml", POLICY));
        for (String module : MODULES) {
            addScript(module + ".js", "console/" + module + ".js");
        }
        String library = PageFile.webjar("org.webjars.npm", "lit-html");
        for (String file : LIBRARY) {
            addScript("lit/" + file, library + file);
        }
    }

    private void addScript(String name, String resource) {
        pages.put("/console/" + name, new PageFile(resource, PageFile.JAVASCRIPT, POLICY));
    }

    /** Returns the file at {@code path}, or empty if the console has no such file. */
    Optional<ApiResponse> find(String path) {
        return Optional.ofNullable(pages.get(path)).map(PageFile::response);
    }
}
