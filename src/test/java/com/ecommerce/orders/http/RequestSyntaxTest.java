package com.ecommerce.orders.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.operation.ETagCondition;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestSyntaxTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    abc|abc
                    "abc"|abc
                    "a,b"|a,b
                    "a\\"b\\\\c"|a"b\\c
                    a b|a b
                    8e03978e-40d5-43dd-bc93-6894a57f9324|8e03978e-40d5-43dd-bc93-6894a57f9324
                    """)
    void readsAnIdempotencyKeyBareOrQuoted(String header, String key) {
        assertThat(readKey(header)).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\"\"", "a,b", "\"a\", \"b\"", "\"a", "a\"b", "\"a\"b\"", "schlüssel", "a\tb"})
    void refusesAnythingElseAsAKey(String header) {
        assertThatThrownBy(() -> readKey(header)).isInstanceOf(HttpProblemException.class);
    }

    @Test
    void aKeyHas255CharactersAtMost() {
        assertThat(readKey("k".repeat(255))).hasSize(255);
        assertThatThrownBy(() -> readKey("k".repeat(256))).isInstanceOf(HttpProblemException.class);
    }

    @Test
    void readsLongHeadersWithoutAStackOverflow() {
        assertThat(EntityTags.parseStrong("\"1\"" + ",\"1\"".repeat(50_000)))
                .contains(new ETagCondition(false, Set.of(1)));
        assertThatThrownBy(() -> readKey("\"" + "a".repeat(100_000) + "\"")).isInstanceOf(HttpProblemException.class);
        assertThatThrownBy(() -> readKey("a".repeat(100_000))).isInstanceOf(HttpProblemException.class);
    }

    private static String readKey(String header) {
        ViolationCollector violations = new ViolationCollector();
        String key = IdempotencyKeyParser.read(header, violations);
        violations.check();
        return key;
    }

    @Test
    void aWeakTagNeverMatchesStrongly() {
        assertThat(EntityTags.parseStrong("W/\"3\"")).contains(new ETagCondition(false, Set.of()));
        assertThat(EntityTags.parseWeak("W/\"3\"")).contains(new ETagCondition(false, Set.of(3)));
    }

    @Test
    void readsAListOfTagsAndIgnoresForeignTags() {
        assertThat(EntityTags.parseStrong("\"1\", \"2\",\"x,y\"")).contains(new ETagCondition(false, Set.of(1, 2)));
        assertThat(EntityTags.parseStrong("\"03\", \"99999999999\"")).contains(new ETagCondition(false, Set.of()));
        assertThat(EntityTags.parseStrong("*")).contains(ETagCondition.ANY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"3", "\"3", "3\"", "\"3\" \"4\"", "*, \"3\"", "*,", "w/\"3\"", "W/ \"3\"", "\"3\", 4", ",3"})
    void refusesMalformedTags(String header) {
        assertThat(EntityTags.parseStrong(header)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1\",", ",\"1\"", "\"1\" , ,\t, W/\"2\"", " ,, \"1\" ,,"})
    void ignoresEmptyElementsOfAList(String header) {
        assertThat(EntityTags.parseStrong(header)).contains(new ETagCondition(false, Set.of(1)));
    }

    /** RFC 9110, section 13.1.1: the list may be empty, and then no tag matches. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", " , ,"})
    void aListOfEmptyElementsMatchesNothing(String header) {
        assertThat(EntityTags.parseStrong(header)).contains(new ETagCondition(false, Set.of()));
        assertThat(EntityTags.parseWeak(header)).contains(new ETagCondition(false, Set.of()));
    }

    @Test
    void matchesEveryVersionThatAnOrderCanHave() {
        assertThat(EntityTags.parseStrong("\"1000000000\", \"2147483647\""))
                .contains(new ETagCondition(false, Set.of(1_000_000_000, Integer.MAX_VALUE)));
        assertThat(EntityTags.parseStrong("\"2147483648\", \"4294967297\", \"0\", \"-1\", \"+1\", \"01\""))
                .contains(new ETagCondition(false, Set.of()));
    }

    @Test
    void decodesOnceAndKeepsInvalidEscapes() {
        assertThat(UrlEncoding.decodePath("/orders/%2541")).isEqualTo("/orders/%41");
        assertThat(UrlEncoding.decodePath("/a+b%2Fc%zz%4")).isEqualTo("/a+b/c%zz%4");
        assertThat(UrlEncoding.decodeQuery("a=1+2&b=%C3%A4&&c&=d&a=%"))
                .isEqualTo(List.of(
                        new Parameter("a", "1 2"),
                        new Parameter("b", "ä"),
                        new Parameter("c", ""),
                        new Parameter("", "d"),
                        new Parameter("a", "%")));
    }

    @Test
    void reportsAThousandWrongParametersAtMost() {
        List<Parameter> unknown = IntStream.range(0, 5_000)
                .mapToObj(i -> new Parameter("p" + i, ""))
                .toList();

        assertThatThrownBy(() -> Parameters.refuseAll(unknown))
                .isInstanceOfSatisfying(
                        HttpProblemException.class,
                        refusal -> assertThat(refusal.document().violations()).hasSize(1_000));
    }
}
