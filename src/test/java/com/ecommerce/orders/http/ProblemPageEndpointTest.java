package com.ecommerce.orders.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.ecommerce.orders.operation.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemPageEndpointTest {

    @ParameterizedTest
    @EnumSource
    void theTypeOfEachProblemNamesAPageAboutItsCode(ProblemCode code) {
        ApiResponse response = get(code.uri().substring("/problems/".length()));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).containsEntry("Content-Security-Policy", "default-src 'none'");
        assertThat(new String(response.body(), StandardCharsets.UTF_8))
                .contains("<h1>" + code.name() + "</h1>", code.title(), "HTTP status " + code.status())
                .doesNotContain("`", "&");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "stale_version", "Stale-Version", "<script>", "nothing"})
    void anUnknownCodeIsNotFound(String code) {
        HttpProblemException refused = catchThrowableOfType(HttpProblemException.class, () -> get(code));

        assertThat(refused.document().code()).isEqualTo(ProblemCode.NOT_FOUND);
    }

    @Test
    void refusesParameters() {
        ApiRequest request =
                new ApiRequest("GET", "/problems/conflict", UrlEncoding.decodeQuery("lang=de"), Map.of(), new byte[0]);

        assertThat(catchThrowableOfType(HttpProblemException.class, () -> new ProblemPageEndpoint()
                                .handle(request, Map.of("code", "conflict")))
                        .document()
                        .code())
                .isEqualTo(ProblemCode.INVALID_PARAMETER);
    }

    private static ApiResponse get(String code) {
        ApiRequest request =
                new ApiRequest("GET", "/problems/" + code, UrlEncoding.decodeQuery(null), Map.of(), new byte[0]);
        return new ProblemPageEndpoint().handle(request, Map.of("code", code));
    }
}
