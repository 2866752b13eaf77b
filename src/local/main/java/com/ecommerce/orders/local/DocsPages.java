package com.ecommerce.orders.local;

import com.ecommerce.orders.http.ApiResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** The pages at {@code /docs}, which show the contract in a viewer. All their files are on the class path. */
final class DocsPages {

    private static final String VIEWER = "org.webjars/swagger-ui";

    /** A policy that allows only content of this server, and the viewer's inline styles and {@code data:} images. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Map<String, Page> pages;

    DocsPages() {
        String viewer = "/META-INF/resources/webjars/swagger-ui/" + viewerVersion() + "/";
        pages = Map.of(
                "/docs", new Page("text/html;charset=utf-8", "docs.html"),
                "/docs/docs.js", new Page("text/javascript;charset=utf-8", "docs.js"),
                "/docs/swagger-ui.css", new Page("text/css;charset=utf-8", viewer + "swagger-ui.css"),
                "/docs/swagger-ui-bundle.js",
                        new Page("text/javascript;charset=utf-8", viewer + "swagger-ui-bundle.js"),
                "/docs/favicon-32x32.png", new Page("image/png", viewer + "favicon-32x32.png"));
    }

    /** Returns the page at {@code path}, or empty if there is no such page. */
    Optional<ApiResponse> find(String path) {
        return Optional.ofNullable(pages.get(path)).map(Page::response);
    }

    private static String viewerVersion() {
        Properties properties = new Properties();
        try (InputStream stream = open("/META-INF/maven/" + VIEWER + "/pom.properties")) {
            properties.load(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    private static InputStream open(String resource) {
        InputStream stream = DocsPages.class.getResourceAsStream(resource);
        if (stream == null) {
            throw new IllegalStateException("The build left out " + resource);
        }
        return stream;
    }

    private record Page(String contentType, String resource) {

        ApiResponse response() {
            try (InputStream stream = open(resource)) {
                return new ApiResponse(
                        200,
                        Map.of(
                                "Content-Type",
                                contentType,
                                "Content-Security-Policy",
                                POLICY,
                                "X-Content-Type-Options",
                                "nosniff",
                                "Cache-Control",
                                "private, no-cache"),
                        stream.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
