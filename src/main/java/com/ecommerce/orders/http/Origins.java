package com.ecommerce.orders.http;

import com.ecommerce.orders.settings.Setting;
import com.ecommerce.orders.settings.SettingException;
import java.net.IDN;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Origins of web pages as browsers write them (HTML Standard, section 7.1.1). Other spellings never match. */
final class Origins {

    /** The origin of every sandboxed page and every file. An operator who allows this origin would allow any page. */
    private static final String OPAQUE = "null";

    private static final String EXAMPLE = Setting.CORS_ORIGINS.example();
    private static final Pattern URL = Pattern.compile("(?:([a-z][a-z0-9+.-]*)://)?(?:[^/?#@]*@)?"
            + "(\\[[0-9a-f:.]+]|[^/?#:@\\[\\]]+)(?::0*([0-9]{1,5}))?(?:[/?#].*)?");
    private static final Pattern HOST = Pattern.compile("\\[.+]|[a-z0-9._-]+");

    private Origins() {}

    /** @throws SettingException if an origin is not spelled as browsers write it; the message shows the right spelling */
    static void check(Collection<String> origins) {
        for (String origin : origins) {
            String right = origin.equals(OPAQUE) ? EXAMPLE : spell(origin);
            if (!origin.equals("*") && !origin.equals(right)) {
                throw Setting.CORS_ORIGINS.must("be " + Setting.CORS_ORIGINS.allowed(), right);
            }
        }
    }

    private static String spell(String origin) {
        Matcher url = URL.matcher(origin.strip().toLowerCase(Locale.ROOT));
        String host = url.matches() ? ascii(url.group(2)) : "";
        if (!HOST.matcher(host).matches()) {
            return EXAMPLE;
        }
        String scheme = url.group(1) == null ? "https" : url.group(1);
        String port = url.group(3);
        boolean isDefault = port == null || port.equals(scheme.equals("http") ? "80" : "443");
        return scheme + "://" + host + (isDefault ? "" : ":" + port);
    }

    private static String ascii(String host) {
        try {
            return IDN.toASCII(host);
        } catch (IllegalArgumentException notAHost) {
            return "";
        }
    }
}
