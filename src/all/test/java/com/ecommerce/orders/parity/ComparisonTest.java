package com.ecommerce.orders.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.testkit.WireRequest;
import com.ecommerce.orders.testkit.WireResponse;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final WireRequest REQUEST = new WireRequest("GET", "/orders", Map.of(), null);
    private static final Difference LISTED = Difference.inAnswer(Platform.LOCAL, "A reason", "odd");

    @Test
    void failsForADifferenceThatIsNotListed() {
        assertThatThrownBy(() -> new Comparison(List.of()).compare("odd", REQUEST, allButLocal("same")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("AWS, not as local");
    }

    @Test
    void failsForAListedDifferenceThatNoLongerExists() {
        assertThatThrownBy(() -> new Comparison(List.of(LISTED)).compare("odd", REQUEST, allButLocal("other")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("local is listed but responds as AWS does");
    }

    @Test
    void countsAListedDifference() {
        Comparison comparison = new Comparison(List.of(LISTED));

        assertThatCode(() -> comparison.compare("odd", REQUEST, allButLocal("same")))
                .doesNotThrowAnyException();
        assertThat(comparison.table())
                .contains("| local and AWS | 1 | 0 | 1 | 0 |", "| AWS and Azure | 1 | 1 | 0 | 0 |");
        assertThat(comparison.neverSent()).isEmpty();
    }

    @Test
    void reportsAListedRequestThatWasNeverSent() {
        assertThat(new Comparison(List.of(LISTED)).neverSent()).containsExactly("odd");
    }

    @Test
    void comparesTheLengthOnlyIfBothResponsesHaveOne() {
        Answer without = answer(Map.of());
        Answer one = answer(Map.of("content-length", List.of("1")));
        Answer two = answer(Map.of("Content-Length", List.of("2")));

        assertThat(one.differencesFrom(without)).isEmpty();
        assertThat(two.differencesFrom(one)).containsExactly("Content-Length: 2 instead of 1");
    }

    @Test
    void comparesBodiesByteByByte() {
        Answer latin = Answer.of(REQUEST, new WireResponse(200, Map.of(), new byte[] {(byte) 0xE9}));
        Answer utf8 = Answer.of(REQUEST, new WireResponse(200, Map.of(), new byte[] {(byte) 0xC3, (byte) 0xA9}));

        assertThat(latin.differencesFrom(utf8)).hasSize(1);
    }

    private static Answer answer(Map<String, List<String>> headers) {
        return Answer.of(REQUEST, new WireResponse(200, headers, new byte[0]));
    }

    private static Map<Platform, WireResponse> allButLocal(String body) {
        Map<Platform, WireResponse> responses = new EnumMap<>(Platform.class);
        for (Platform platform : Platform.values()) {
            String text = platform == Platform.LOCAL ? "other" : body;
            responses.put(platform, new WireResponse(200, Map.of(), text.getBytes(StandardCharsets.UTF_8)));
        }
        return responses;
    }
}
