package com.ecommerce.orders.http;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/** The media types of request bodies (RFC 8259, RFC 7396). */
final class MediaTypes {

    private MediaTypes() {}

    /** Tells whether a content type is JSON in UTF-8. A merge patch is JSON if the method is {@code PATCH}. */
    static boolean isJson(String type, String method) {
        try {
            MimeType parsed = MimeTypeUtils.parseMimeType(type);
            Charset charset = parsed.getCharset();
            return parsed.getType().equals("application")
                    && (parsed.getSubtype().equals("json")
                            || parsed.getSubtype().equals("merge-patch+json") && method.equals("PATCH"))
                    && (charset == null || charset.equals(StandardCharsets.UTF_8));
        } catch (InvalidMimeTypeException malformed) {
            return false;
        }
    }
}
