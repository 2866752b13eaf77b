package com.ecommerce.orders.http;

import com.ecommerce.orders.order.IdempotencyKey;
import com.ecommerce.orders.order.Violation;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header {@code Idempotency-Key}: a string of RFC 9651, section 3.3.3, or bare. */
final class IdempotencyKeyParser {

    // With a comma it would be a list.
    private static final Pattern BARE =
            Pattern.compile("[\\x21-\\x7E&&[^\",]]([\\x20-\\x7E&&[^\",]]*[\\x21-\\x7E&&[^\",]])?");
    // Possessive, as every group of alternatives here that a client can make long: else the stack is as deep as it.
    private static final Pattern QUOTED = Pattern.compile("\"((?:[\\x20-\\x7E&&[^\"\\\\]]|\\\\[\"\\\\])++)\"");

    private IdempotencyKeyParser() {}

    /** The key; anything, and noted as a violation, where the header is none. */
    static String read(String header, ViolationCollector violations) {
        String text = header.strip();
        Matcher quoted = QUOTED.matcher(text);
        String key = quoted.matches()
                ? quoted.group(1).replaceAll("\\\\([\"\\\\])", "$1")
                : BARE.matcher(text).matches() ? text : "";
        if (key.isEmpty() || key.length() > IdempotencyKey.MAX_LENGTH) {
            violations.add(
                    "Idempotency-Key",
                    Violation.Code.BAD_FORMAT,
                    "Idempotency-Key must be one key of 1 to " + IdempotencyKey.MAX_LENGTH
                            + " printable ASCII characters, bare or quoted");
        }
        return key;
    }
}
