package com.ecommerce.orders.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A decoder of paths and queries, the same on all platforms. Invalid escapes stay as they are (WHATWG URL). */
public final class UrlEncoding {

    private UrlEncoding() {}

    /** Decodes the percent escapes of a path once. */
    public static String decodePath(String rawPath) {
        return decode(rawPath, false);
    }

    /** Tells whether a decoded path has no suspicious part, such as {@code ..} or {@code ;}. */
    public static boolean isPlain(String path) {
        return !path.contains("..") && !path.contains("//") && !path.endsWith("/") && hasPlainCharacters(path);
    }

    private static boolean hasPlainCharacters(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == ';' || c == '\\' || c == '\uFFFD' || Character.isISOControl(c)) {
                return false;
            }
        }
        return true;
    }

    /** Decodes the parameters of a raw query as a form (WHATWG URL, section 5.1). {@code null} has no parameters. */
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

    /** Decodes the name and the value of one parameter as a form does. */
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
