package com.ecommerce.orders.operation;

import java.util.List;

/**
 * One rule that a request breaks.
 *
 * @param pointer the place: a JSON pointer into the body (RFC 6901), {@code ?name} of a query parameter, or a header's name
 * @param detail what is wrong and what to do
 */
public record Violation(String pointer, Code code, String detail) {

    /** The largest number of violations in one response. It keeps the response from growing far beyond its request. */
    public static final int MAX_LISTED = 1_000;

    /** Returns one sentence about {@code violations}, of which there is at least one. */
    public static String summary(List<Violation> violations) {
        return violations.size() == 1
                ? violations.get(0).detail()
                : "The request breaks " + violations.size() + " rules. `errors` lists them.";
    }

    /** The kind of rule that is broken. The names are part of the published contract. */
    public enum Code {
        REQUIRED,
        BLANK,
        TOO_LONG,
        WRONG_TYPE,
        OUT_OF_RANGE,
        BAD_FORMAT,
        UNKNOWN_FIELD,
        NOT_CHANGEABLE,
        TOO_MANY,
        TOO_FEW,
        DUPLICATE_KEY,
        MALFORMED
    }
}
