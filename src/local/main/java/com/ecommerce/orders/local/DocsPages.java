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
        String viewer = PageFile.webjar("org.webjars", "swagger-ui");
        pages = Map.of(
                "/docs", new PageFile("docs.html", PageFile.HTML, POLICY),
                "/docs/docs.js", new PageFile("docs.js", PageFile.JAVASCRIPT, POLICY),
                "/docs/swagger-ui.css", new PageFile(viewer + "swagger-ui.css", PageFile.CSS, POLICY),
                "/docs/swagger-ui-bundle.js",
                        new PageFile(viewer + "swagger-ui-bundle.js", PageFile.JAVASCRIPT, POLICY),
                "/docs/favicon-32x32.png", new PageFile(viewer + "favicon-32x32.png", "image/png", POLICY));
    }

    /** Returns the page at {@code path}, or empty if there is no such page. */
    Optional<ApiResponse> find(String path) {
        return Optional.ofNullable(pages.get(path)).map(PageFile::response);
    }
}
