package com.ecommerce.orders.http;

import com.ecommerce.orders.operation.IdempotencyKey;
import com.ecommerce.orders.operation.Violation;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A parser of the header {@code Idempotency-Key}: a string of RFC 9651, section 3.3.3, or a key without quotes. */
final class IdempotencyKeyParser {

    // A comma would make the value a list.
    private static final Pattern BARE =
            Pattern.compile("[\\x21-\\x7E&&[^\",]]([\\x20-\\x7E&&[^\",]]*[\\x21-\\x7E&&[^\",]])?");
    // Possessive, like every repeated group on client input. Otherwise a long input would overflow the stack.
    private static final Pattern QUOTED = Pattern.compile("\"((?:[\\x20-\\x7E&&[^\"\\\\]]|\\\\[\"\\\\])++)\"");

    private IdempotencyKeyParser() {}

    /** Returns the key. Adds a violation if the header is not a valid key; the result has no meaning then. */
    static String read(String header, ViolationCollector violations) {
        String key = unquoted(header.strip());
        if (key.isEmpty() || key.length() > IdempotencyKey.MAX_LENGTH) {
            violations.add(
                    "Idempotency-Key",
                    Violation.Code.BAD_FORMAT,
                    "Idempotency-Key must be one key of 1 to " + IdempotencyKey.MAX_LENGTH
                            + " printable ASCII characters, with or without quotes");
        }
        return key;
    }

    private static String unquoted(String text) {
        Matcher quoted = QUOTED.matcher(text);
        if (quoted.matches()) {
            return quoted.group(1).replaceAll("\\\\([\"\\\\])", "$1");
        }
        return BARE.matcher(text).matches() ? text : "";
    }
}
