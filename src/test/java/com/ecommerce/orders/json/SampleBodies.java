package com.ecommerce.orders.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.ecommerce.orders.operation.ProblemException;
import com.ecommerce.orders.operation.Violation;
import com.ecommerce.orders.order.BrokenRules;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Bodies of requests for the tests of readers. Their JSON may have single quotes instead of double quotes. */
final class SampleBodies {

    /** The number of a test card, as people write it. */
    static final String CARD = "4242 4242 4242 4242";

    private SampleBodies() {}

    /** Reads an object. */
    static ObjectNode json(String body) {
        return (ObjectNode) value(body);
    }

    /** Reads any value. */
    static JsonNode value(String body) {
        return StrictJson.readTrusted(body.replace('\'', '"'));
    }

    /** Returns {@code body} with one field changed. */
    static ObjectNode with(String body, String field, String value) {
        ObjectNode changed = json(body);
        changed.set(field, value(value));
        return changed;
    }

    /** Returns an array of items. The numbers of lines repeat above 500, but the number of items is checked first. */
    static String items(int count, String rest) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{'lineNumber':" + (i % 500 + 1) + "," + rest + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** Returns metadata with {@code count} keys. */
    static String metadata(int count) {
        return IntStream.range(0, count).mapToObj(i -> "'k" + i + "':'v'").collect(Collectors.joining(",", "{", "}"));
    }

    /** Returns the rules that a reader finds broken. */
    static List<Violation> violations(ThrowingCallable read) {
        return BrokenRules.of(catchThrowableOfType(ProblemException.class, read));
    }

    /** Checks that a reader finds exactly one rule broken. */
    static void assertViolation(ThrowingCallable read, String pointer, Violation.Code code) {
        assertThat(violations(read))
                .extracting(Violation::pointer, Violation::code)
                .containsExactly(tuple(pointer, code));
    }
}
