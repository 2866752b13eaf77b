package com.ecommerce.orders.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.operation.ProblemException;
import com.ecommerce.orders.operation.Violation;
import com.ecommerce.orders.order.BrokenRules;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{]",
                "{\"a\":}",
                "{\"a\":1,}",
                "{} {}",
                "{}x",
                "nul",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "{\"a\":\"\\u0000\"}",
                "{\"\\u0000\":1}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\udc00\\ud800\"}",
                "{\"a\":\"\\ufffd\"}",
                "{\"a\":\"\t\"}",
                "1e99999999999",
                "1e-2147483648"
            })
    void refusesWhatIsNotPlainJson(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(ProblemException.class);
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        assertThatThrownBy(() -> StrictJson.read(new byte[] {'"', (byte) 0xC3, '"'}))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> StrictJson.read("{}".getBytes(StandardCharsets.UTF_16)))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void refusesAKeyThatComesTwice() {
        assertThatThrownBy(() -> read("{\"a\":1,\"a\":2}"))
                .isInstanceOfSatisfying(ProblemException.class, refusal -> assertThat(BrokenRules.of(refusal))
                        .extracting(Violation::code)
                        .containsExactly(Violation.Code.DUPLICATE_KEY));
    }

    @Test
    void readsAHundredLevelsOfNestingAndRefusesTenThousand() {
        assertThat(read("[".repeat(100) + "]".repeat(100)).isArray()).isTrue();
        assertThatThrownBy(() -> read("[".repeat(101) + "]".repeat(101))).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> read("[".repeat(10_000) + "]".repeat(10_000))).isInstanceOf(ProblemException.class);
    }

    @Test
    void readsManySmallValuesUnderLongNamesWithoutCopyingTheNames() {
        String names = "{\"%s\":".formatted("k".repeat(45_000)).repeat(20);
        String many =
                IntStream.range(0, 15_000).mapToObj(i -> "\"" + i + "\":0").collect(Collectors.joining(","));
        byte[] body = (names + "{" + many + "}" + "}".repeat(20)).getBytes(StandardCharsets.UTF_8);

        assertThat(body).hasSizeLessThan(1024 * 1024);
        assertThat(allocatedBy(() -> StrictJson.read(body))).isLessThan(100L * 1024 * 1024);
    }

    /** One mebibyte of small values took 25 MiB, too much for a small heap if several such bodies come at once. */
    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"a\":{}}", "1.1", "\"\"", "{}"})
    void refusesManySmallValuesBeforeTheyTakeMuchMemory(String value) {
        byte[] body =
                ("[" + (value + ",").repeat(1_000_000 / (value.length() + 1)) + "0]").getBytes(StandardCharsets.UTF_8);

        long allocated = allocatedBy(
                () -> assertThatThrownBy(() -> StrictJson.read(body)).hasMessageContaining("INVALID_REQUEST"));

        assertThat(allocated).isLessThan(10L * 1024 * 1024);
    }

    @Test
    void ignoresALeadingByteOrderMark() {
        assertThat(read("\uFEFF{}").isObject()).isTrue();
    }

    @Test
    void readsEveryOtherCharacter() {
        assertThat(read("\"\\ud83d\\ude00 \uD83D\uDE00 \\u00e4\"").stringValue())
                .isEqualTo("\uD83D\uDE00 \uD83D\uDE00 ä");
    }

    @Test
    void writesTheSameCanonicalTextForAnyOrderAndWhiteSpace() {
        String canonical = canonical("{\"b\":[1, 2], \"a\" : {\"d\":null,\"c\":\"\\u00e4\\n\\u001f\"}}");

        assertThat(canonical).isEqualTo("{\"a\":{\"c\":\"ä\\n\\u001f\",\"d\":null},\"b\":[1,2]}");
        assertThat(canonical("{\"a\":{\"c\":\"ä\\n\\u001f\",\"d\":null},\"b\":[1,2]}"))
                .isEqualTo(canonical);
    }

    private static long allocatedBy(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static tools.jackson.databind.JsonNode read(String body) {
        return StrictJson.read(body.getBytes(StandardCharsets.UTF_8));
    }

    private static String canonical(String body) {
        return new String(CanonicalJson.write(read(body)), StandardCharsets.UTF_8);
    }
}
