package com.ecommerce.orders.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.ecommerce.orders.testkit.ExactJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class BodyMatcherTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1}                      | {\"a\":1,\"b\":2}",
                "{\"a\":{\"b\":true}}           | {\"a\":{\"b\":true,\"c\":null}}",
                "{}                             | {\"a\":1}",
                "[]                             | []",
                "[{\"a\":1},2]                  | [{\"a\":1,\"b\":2},2]",
                "{\"a\":null}                   | {\"a\":null}",
                "{\"a\":9007199254740991}       | {\"a\":9007199254740991}",
                "{\"a\":1.5}                    | {\"a\":1.50}",
                "{\"a\":\"#absent\"}            | {\"b\":1}",
                "{\"a\":\"#present\"}           | {\"a\":{}}",
                "{\"a\":\"#string\"}            | {\"a\":\"\"}",
                "{\"a\":\"#integer\"}           | {\"a\":-3}",
                "{\"a\":\"#uuid\"}              | {\"a\":\"0193b7a0-0000-4000-8000-00000000000f\"}",
                "{\"a\":\"#uuid7\"}             | {\"a\":\"0193b7a0-0000-7000-8000-00000000000f\"}",
                "{\"a\":\"#instant\"}           | {\"a\":\"2026-11-23T09:15:27.042813Z\"}",
                "{\"a\":\"#instant\"}           | {\"a\":\"2026-11-23T09:15:27Z\"}",
                "{\"a\":\"#regex:[a-c]+\"}      | {\"a\":\"abc\"}",
                "{\"#contains\":[1,{\"a\":1}]}  | [{\"a\":1,\"b\":2},3,1]",
                "{\"#contains\":[1,1]}          | [1,2,1]",
            })
    void acceptsWhatIsExpected(String expected, String actual) {
        assertThat(mismatches(expected, actual)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1}                      | {\"a\":2}",
                "{\"a\":1}                      | {\"b\":1}",
                "{\"a\":1}                      | {\"a\":\"1\"}",
                "{\"a\":\"1\"}                  | {\"a\":1}",
                "{\"a\":1000}                   | {\"a\":1000.0}",
                "{\"a\":1000}                   | {\"a\":1e3}",
                "{\"a\":1.5}                    | {\"a\":1.51}",
                "{\"a\":true}                   | {\"a\":false}",
                "{\"a\":false}                  | {\"a\":null}",
                "{\"a\":null}                   | {}",
                "{\"a\":null}                   | {\"a\":0}",
                "{\"a\":{}}                     | {}",
                "{\"a\":{}}                     | {\"a\":[]}",
                "{\"a\":[]}                     | {\"a\":{}}",
                "{\"a\":{}}                     | {\"a\":\"\"}",
                "{\"a\":{\"b\":1}}              | {\"a\":{\"b\":2}}",
                "[]                             | [1]",
                "[1]                            | []",
                "[1,2]                          | [2,1]",
                "[{\"a\":1}]                    | [{\"a\":2}]",
                "\"a\"                          | \"A\"",
                "{\"a\":\"#absent\"}            | {\"a\":null}",
                "{\"a\":\"#present\"}           | {}",
                "{\"a\":\"#present\"}           | {\"a\":null}",
                "{\"a\":\"#string\"}            | {\"a\":1}",
                "{\"a\":\"#string\"}            | {}",
                "{\"a\":\"#integer\"}           | {\"a\":1.0}",
                "{\"a\":\"#integer\"}           | {\"a\":\"1\"}",
                "{\"a\":\"#uuid\"}              | {\"a\":\"0193B7A0-0000-4000-8000-00000000000F\"}",
                "{\"a\":\"#uuid\"}              | {\"a\":\"0193b7a0\"}",
                "{\"a\":\"#uuid7\"}             | {\"a\":\"0193b7a0-0000-4000-8000-00000000000f\"}",
                "{\"a\":\"#uuid7\"}             | {\"a\":\"0193b7a0-0000-7000-c000-00000000000f\"}",
                "{\"a\":\"#instant\"}           | {\"a\":\"2026-11-23T09:15:27.0428131Z\"}",
                "{\"a\":\"#instant\"}           | {\"a\":\"2026-11-23T09:15:27+00:00\"}",
                "{\"a\":\"#instant\"}           | {\"a\":\"2026-11-23T09:15Z\"}",
                "{\"a\":\"#instant\"}           | {\"a\":\"2026-13-23T09:15:27Z\"}",
                "{\"a\":\"#regex:[a-c]+\"}      | {\"a\":\"abcd\"}",
                "{\"a\":\"#regex:^a$\"}         | {\"a\":\"a\\n\"}",
                "{\"a\":\"#regex:1\"}           | {\"a\":1}",
                "{\"#contains\":[4]}            | [1,2,3]",
                "{\"#contains\":[1,1]}          | [1,2]",
                "{\"#contains\":[]}             | {}",
                "{\"#contains\":[{\"a\":1}]}    | [{\"a\":2}]",
            })
    void refusesAnythingElse(String expected, String actual) {
        assertThat(mismatches(expected, actual)).isNotEmpty();
    }

    @Test
    void namesEveryMismatchByItsPointer() {
        assertThat(mismatches("{\"a\":[{\"b/c\":1}],\"d\":\"#string\",\"e\":2}", "{\"a\":[{\"b/c\":2}],\"e\":2}"))
                .containsExactly("/a/0/b~1c: expected 1 but was 2", "/d: expected #string but was absent");
    }

    @Test
    void refusesAMistypedMatcher() {
        assertThatIllegalArgumentException().isThrownBy(() -> mismatches("\"#intger\"", "1"));
        assertThatIllegalArgumentException().isThrownBy(() -> mismatches("{\"#contains\":[],\"a\":1}", "[]"));
    }

    private static List<String> mismatches(String expected, String actual) {
        return BodyMatcher.mismatches(json(expected), json(actual));
    }

    private static JsonNode json(String text) {
        return ExactJson.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
