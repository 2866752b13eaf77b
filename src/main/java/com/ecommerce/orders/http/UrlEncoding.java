package com.ecommerce.orders.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes paths and queries alike on all platforms; what is not a valid escape stands for itself (WHATWG URL). */
public final class UrlEncoding {

    private UrlEncoding() {}

    /** The path, percent-decoded once. */
    public static String decodePath(String rawPath) {
        return decode(rawPath, false);
    }

    /** Whether a decoded path is free of tricks; one that isn't leads nowhere. */
    public static boolean isPlain(String path) {
        return !path.contains("..") && !path.contains("//") && !path.endsWith("/") && hasNoTrick(path);
    }

    private static boolean hasNoTrick(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == ';' || c == '\\' || c == '\uFFFD' || Character.isISOControl(c)) {
                return false;
            }
        }
        return true;
    }

    /** The parameters of a raw query, decoded as a form (WHATWG URL, section 5.1); {@code null} has none. */
    public static List<Parameter> decodeQuery(@Nullable String rawQuery) {
        List<Parameter> parameters = new ArrayList<>();
        if (rawQuery == null) {
            return parameters;
        }
        for (String pair : rawQuery.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                parameters.add(decodeParameter(name, value));
            }
        }
        return parameters;
    }

    /** Decodes the name and the value of one parameter as a form. */
    public static Parameter decodeParameter(String name, String value) {
        return new Parameter(decode(name, true), decode(value, true));
    }

    private static String decode(String text, boolean form) {
        if (text.indexOf('%') < 0 && (!form || text.indexOf('+') < 0)) {
            return text;
        }
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(raw.length);
        for (int i = 0; i < raw.length; i++) {
            int high = raw[i] == '%' && i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(raw[i + 2], 16);
            if (low >= 0) {
                decoded.write(high * 16 + low);
                i += 2;
            } else {
                decoded.write(form && raw[i] == '+' ? ' ' : raw[i]);
            }
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }
}
