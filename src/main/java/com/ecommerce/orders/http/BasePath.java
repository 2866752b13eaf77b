package com.ecommerce.orders.http;

import com.ecommerce.orders.settings.Setting;
import com.ecommerce.orders.settings.SettingException;
import java.util.Map;

/**
 * The path in front of all paths of the API, such as {@code /shop}. A custom domain, a stage or a proxy adds this path.
 *
 * @param text empty if the API is at the root
 */
public record BasePath(String text) {

    /** The API is at the root. */
    public static final BasePath ROOT = new BasePath("");

    private static final String LINK_START = "<";

    /** @throws SettingException if no request can have the path {@code text} */
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
     * Returns the request without the base path. Some platforms have already removed the base path. A path is therefore
     * unchanged if no route matches the rest of the path.
     */
    ApiRequest strip(ApiRequest request, Router router) {
        if (!contains(request.path())) {
            return request;
        }
        String inner = request.path().substring(text.length());
        return router.has(inner) ? request.at(inner) : request;
    }

    /** Adds the base path to the paths in the headers {@code Location} and {@code Link}. */
    void prepend(Map<String, String> headers) {
        if (!text.isEmpty()) {
            headers.computeIfPresent("Location", (name, path) -> text + path);
            headers.computeIfPresent("Link", (name, link) -> LINK_START + text + link.substring(LINK_START.length()));
        }
    }
}
