package com.ecommerce.orders.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.http.ApiResponse;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AwsResponseMapperTest {

    /** Jackson writes segments of a thousand bytes into a buffer of eight thousand. No segment may cut a character. */
    @Property(tries = 300)
    void writesEveryBodyUnchanged(@ForAll("texts") String text) {
        byte[] answer = AwsResponseMapper.TO_HTTP_API.write(ApiResponse.text(200, text));
        JsonNode read = JsonMapper.shared().readTree(answer);
        assertThat(read.path("body").stringValue()).isEqualTo(text);
        assertThat(read.path("isBase64Encoded").booleanValue()).isFalse();
        assertThat(read.path("headers").path("Content-Type").stringValue()).isEqualTo("text/plain;charset=utf-8");
        assertThat(new String(answer, StandardCharsets.UTF_8)).doesNotContain("\uFFFD");
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> pieces = Arbitraries.of(
                "a", "\"", "\\", "\n", "\u0000", "\u001F", "\u007F", "\u00E4", "\u2028", "\uFFFF", "\uD83D\uDE00");
        Arbitrary<String> mixed = pieces.list().ofMaxSize(40).map(list -> String.join("", list));
        return mixed.flatMap(piece ->
                Arbitraries.integers().between(0, 9_000).map(length -> "x".repeat(length) + piece + piece.repeat(60)));
    }
}
