package com.ecommerce.orders.local;

import com.ecommerce.orders.http.ApiResponse;
import java.util.Map;
import java.util.Optional;

/** The pages at {@code /docs}, which show the contract in a viewer. All their files are on the class path. */
final class DocsPages {

    /** A policy that allows only content of this server, and the viewer's inline styles and {@code data:} images. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Map<String, PageFile> pages;

    DocsPages() {
        pages = Map.of(
                "/docs", new PageFile("docs.html", PageFile.HTML, POLICY),
                "/docs/docs.js", new PageFile("docs.js", PageFile.JAVASCRIPT, POLICY),
                "/docs/docs-typescript.js", new PageFile("docs-typescript.js", PageFile.JAVASCRIPT, POLICY),
                "/docs/scalar.js",
                        new PageFile("/META-INF/resources/webjars/scalar/scalar.js", PageFile.JAVASCRIPT, POLICY),
                "/docs/icon.svg", new PageFile("console/icon.svg", "image/svg+xml", POLICY));
    }

    /** Returns the page at {@code path}, or empty if there is no such page. */
    Optional<ApiResponse> find(String path) {
        return Optional.ofNullable(pages.get(path)).map(PageFile::response);
    }
}
