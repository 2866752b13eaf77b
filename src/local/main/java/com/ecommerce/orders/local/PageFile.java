package com.ecommerce.orders.local;

import com.ecommerce.orders.http.ApiResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;

/**
 * A file of a page for browsers. The file is on the class path.
 *
 * @param resource the name of the file, relative to this package or with a slash at its start
 */
record PageFile(String resource, String contentType, String securityPolicy) {

    static final String HTML = "text/html;charset=utf-8";
    static final String CSS = "text/css;charset=utf-8";
    static final String JAVASCRIPT = "text/javascript;charset=utf-8";

    /** Returns the folder of a webjar's files. Its name contains the version that {@code pom.xml} manages. */
    static String webjar(String group, String name) {
        Properties properties = new Properties();
        try (InputStream stream = open("/META-INF/maven/" + group + "/" + name + "/pom.properties")) {
            properties.load(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "/META-INF/resources/webjars/" + name + "/" + properties.getProperty("version") + "/";
    }

    /** Returns the response that has the file. Browsers ask for the file again each time, so they never show an old one. */
    ApiResponse response() {
        Map<String, String> headers = Map.of(
                "Content-Type",
                contentType,
                "Content-Security-Policy",
                securityPolicy,
                "X-Content-Type-Options",
                "nosniff",
                "Cache-Control",
                "private, no-cache");
        try (InputStream stream = open(resource)) {
            return new ApiResponse(200, headers, stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String resource) {
        InputStream stream = PageFile.class.getResourceAsStream(resource);
        if (stream == null) {
            throw new IllegalStateException("The build left out " + resource);
        }
        return stream;
    }
}
