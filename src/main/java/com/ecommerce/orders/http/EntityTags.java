package com.ecommerce.orders.http;

import com.ecommerce.orders.order.VersionMatch;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Entity tags (RFC 9110, section 8.8.3): an order's version in quotes. */
final class EntityTags {

    private EntityTags() {}

    static String of(int version) {
        return "\"" + version + "\"";
    }

    /** {@code If-Match}: compares strongly, so a weak tag matches nothing. Empty if it is malformed. */
    static Optional<VersionMatch> parseStrong(String header) {
        return parse(header, false);
    }

    /** {@code If-None-Match}: compares weakly. Empty if it is malformed. */
    static Optional<VersionMatch> parseWeak(String header) {
        return parse(header, true);
    }

    private static Optional<VersionMatch> parse(String header, boolean weak) {
        String text = header.strip();
        if (text.equals("*")) {
            return Optional.of(VersionMatch.ANY);
        }
        if (!Syntax.LIST.matcher(text).matches()) {
            return Optional.empty();
        }
        Set<Integer> versions = new HashSet<>();
        Matcher tags = Syntax.TAG.matcher(text);
        while (tags.find()) {
            boolean comparable = weak || tags.group(1) == null;
            if (comparable && Syntax.VERSION.matcher(tags.group(2)).matches()) {
                versions.add(Integer.valueOf(tags.group(2)));
            }
        }
        return Optional.of(new VersionMatch(false, versions));
    }

    /** Apart, so that requests without a tag don't wait for it. */
    private static final class Syntax {

        static final Pattern TAG = Pattern.compile("(W/)?\"([\\x21\\x23-\\x7E\\x80-\\xFF]*)\"");
        static final Pattern LIST = Pattern.compile(TAG + "(\\s*,\\s*" + TAG + ")*+");
        static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,8}");
    }
}
