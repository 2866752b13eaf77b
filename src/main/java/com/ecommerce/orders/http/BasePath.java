package com.ecommerce.orders.http;

import com.ecommerce.orders.settings.Setting;
import com.ecommerce.orders.settings.SettingException;
import java.util.Map;

/**
 * The path below which clients find the API: {@code /shop} if a custom domain, a stage or a proxy puts it there.
 *
 * @param text empty if the API is at the root
 */
public record BasePath(String text) {

    /** The API is at the root. */
    public static final BasePath ROOT = new BasePath("");

    private static final String LINK_START = "<";

    /** @throws SettingException if {@code text} is no path that a request can have */
    public BasePath {
        if (!text.isEmpty() && !isPath(text)) {
            throw Setting.HTTP_BASE_PATH.invalid();
        }
    }

    private static boolean isPath(String text) {
        boolean isPlain = text.startsWith("/") && UrlEncoding.isPlain(text) && !(text + "/").contains("/./");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isAlphanumeric = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            isPlain &= isAlphanumeric || "/-._~".indexOf(c) >= 0;
        }
        return isPlain;
    }

    /** Tells whether {@code path} is below this base path. */
    public boolean contains(String path) {
        return !text.isEmpty() && path.startsWith(text) && path.startsWith("/", text.length());
    }

    /**
     * Returns the request as the routes know it: without the base path. Where a platform has removed the base path already,
     * a route that begins like the base path is left alone.
     */
    ApiRequest strip(ApiRequest request, Router router) {
        if (!contains(request.path())) {
            return request;
        }
        String inner = request.path().substring(text.length());
        return router.has(inner) ? request.at(inner) : request;
    }

    /** Puts the base path before the paths that a response leads to. */
    void prepend(Map<String, String> headers) {
        if (!text.isEmpty()) {
            headers.computeIfPresent("Location", (name, path) -> text + path);
            headers.computeIfPresent("Link", (name, link) -> LINK_START + text + link.substring(LINK_START.length()));
        }
    }
}
