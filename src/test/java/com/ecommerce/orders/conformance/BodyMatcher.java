package com.ecommerce.orders.conformance;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Compares a JSON value with the expectation of a case. The value may have members that the case does not list. A
 * listed member must match; arrays match element by element. A string that begins with {@code #} is a matcher.
 * {@code {"#contains": [...]}} matches an array that has at least these elements. Integers match integers only: money
 * must not come as {@code 1e3}.
 */
final class BodyMatcher {

    private static final String CONTAINS = "#contains";
    private static final String REGEX = "#regex:";
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern UUID7 =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    private static final Pattern INSTANT =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,6})?Z");

    private final List<String> mismatches = new ArrayList<>();

    private BodyMatcher() {}

    /**
     * Returns the mismatches of {@code actual} by JSON pointer; empty if the value matches. A missing node is an absent
     * value.
     */
    static List<String> mismatches(JsonNode expected, JsonNode actual) {
        BodyMatcher matcher = new BodyMatcher();
        matcher.match(expected, actual, "");
        return matcher.mismatches;
    }

    private void match(JsonNode expected, JsonNode actual, String pointer) {
        if (expected.isString() && expected.stringValue().startsWith("#")) {
            matchSpecial(expected.stringValue(), actual, pointer);
        } else if (actual.isMissingNode()) {
            refuse(expected, actual, pointer);
        } else if (expected.isObject() && expected.has(CONTAINS)) {
            matchContains(expected, actual, pointer);
        } else if (expected.isObject() && actual.isObject()) {
            expected.properties()
                    .forEach(member -> match(
                            member.getValue(),
                            actual.path(member.getKey()),
                            pointer + "/" + member.getKey().replace("~", "~0").replace("/", "~1")));
        } else if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
            for (int i = 0; i < expected.size(); i++) {
                match(expected.get(i), actual.get(i), pointer + "/" + i);
            }
        } else if (!isSameScalar(expected, actual)) {
            refuse(expected, actual, pointer);
        }
    }

    private void matchSpecial(String matcher, JsonNode actual, String pointer) {
        if (!holds(matcher, actual)) {
            mismatches.add(where(pointer) + ": expected " + matcher + " but was " + shown(actual));
        }
    }

    private static boolean holds(String matcher, JsonNode actual) {
        if (matcher.startsWith(REGEX)) {
            return isText(actual, Pattern.compile(matcher.substring(REGEX.length()), Pattern.DOTALL));
        }
        return switch (matcher) {
            case "#absent" -> actual.isMissingNode();
            case "#present" -> !actual.isMissingNode() && !actual.isNull();
            case "#string" -> actual.isString();
            case "#integer" -> actual.isIntegralNumber();
            case "#uuid" -> isText(actual, UUID);
            case "#uuid7" -> isText(actual, UUID7);
            case "#instant" -> isText(actual, INSTANT) && isInstant(actual.stringValue());
            default -> throw new IllegalArgumentException("No such matcher: " + matcher);
        };
    }

    private static boolean isText(JsonNode actual, Pattern pattern) {
        return actual.isString() && pattern.matcher(actual.stringValue()).matches();
    }

    private static boolean isInstant(String text) {
        try {
            Instant.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** Each expected element must match a different element. */
    private void matchContains(JsonNode expected, JsonNode actual, String pointer) {
        JsonNode elements = expected.get(CONTAINS);
        if (expected.size() != 1 || !elements.isArray()) {
            throw new IllegalArgumentException("Not a list to contain: " + expected);
        }
        if (!actual.isArray()) {
            refuse(expected, actual, pointer);
            return;
        }
        List<JsonNode> left = new ArrayList<>(actual.values());
        for (JsonNode element : elements) {
            left.stream()
                    .filter(candidate -> mismatches(element, candidate).isEmpty())
                    .findFirst()
                    .ifPresentOrElse(
                            left::remove,
                            () -> mismatches.add(
                                    where(pointer) + ": expected to contain " + element + " but was " + actual));
        }
    }

    private static boolean isSameScalar(JsonNode expected, JsonNode actual) {
        if (expected.isNumber() && actual.isNumber()) {
            BigDecimal number = expected.decimalValue();
            return expected.isIntegralNumber() == actual.isIntegralNumber()
                    && number.compareTo(actual.decimalValue()) == 0;
        }
        return !expected.isContainer() && expected.equals(actual);
    }

    private void refuse(JsonNode expected, JsonNode actual, String pointer) {
        mismatches.add(where(pointer) + ": expected " + expected + " but was " + shown(actual));
    }

    private static String where(String pointer) {
        return pointer.isEmpty() ? "the whole" : pointer;
    }

    private static String shown(JsonNode actual) {
        return actual.isMissingNode() ? "absent" : actual.toString();
    }
}
