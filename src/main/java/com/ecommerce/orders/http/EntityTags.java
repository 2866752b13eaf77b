package com.ecommerce.orders.http;

import com.ecommerce.orders.operation.ETagCondition;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Entity tags (RFC 9110, section 8.8.3). The tag of an order is its version in quotes. */
final class EntityTags {

    private static final String WEAK = "W/";
    private static final int MAX_DIGITS = 10;

    private EntityTags() {}

    static String of(int version) {
        return "\"" + version + "\"";
    }

    /** Reads {@code If-Match}. The comparison is strong: a weak tag matches no version. Empty if the header is malformed. */
    static Optional<ETagCondition> parseStrong(String header) {
        return parse(header, false);
    }

    /** Reads {@code If-None-Match}. The comparison is weak. Empty if the header is malformed. */
    static Optional<ETagCondition> parseWeak(String header) {
        return parse(header, true);
    }

    /** Reads a list of tags. Elements may be empty (section 5.6.1.2). A list of only empty elements matches no version. */
    private static Optional<ETagCondition> parse(String header, boolean weak) {
        if (header.strip().equals("*")) {
            return Optional.of(ETagCondition.ANY);
        }
        // A tag contains no quote. The parts are therefore gap, tag, gap, tag, and so on; the last part is a gap.
        String[] parts = header.split("\"", -1);
        int last = parts.length - 1;
        Set<Integer> versions = new HashSet<>();
        for (int i = 0; i < last; i += 2) {
            boolean isWeak = parts[i].endsWith(WEAK);
            String gap = isWeak ? parts[i].substring(0, parts[i].length() - WEAK.length()) : parts[i];
            if (!isGap(gap) || i > 0 && gap.indexOf(',') < 0 || !isTag(parts[i + 1])) {
                return Optional.empty();
            }
            if (weak || !isWeak) {
                versions.add(version(parts[i + 1]));
            }
        }
        versions.remove(0);
        return last % 2 == 0 && isGap(parts[last]) ? Optional.of(new ETagCondition(false, versions)) : Optional.empty();
    }

    private static boolean isGap(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (", \t".indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTag(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == 0x7F || c > 0xFF) {
                return false;
            }
        }
        return true;
    }

    /** Returns the version of a tag; 0 if no version has this tag. */
    private static int version(String tag) {
        long version = 0;
        for (int i = 0; i < tag.length(); i++) {
            int digit = tag.charAt(i) - '0';
            boolean isOurs = i < MAX_DIGITS && digit >= (i == 0 ? 1 : 0) && digit <= 9;
            if (!isOurs) {
                return 0;
            }
            version = version * 10 + digit;
        }
        return version <= Integer.MAX_VALUE ? (int) version : 0;
    }
}
