package com.ecommerce.orders.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.ecommerce.orders.operation.Operation;
import com.ecommerce.orders.operation.ProblemException;
import com.ecommerce.orders.operation.Violation;
import com.ecommerce.orders.order.BrokenRules;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class OrderReaderTest {

    @ParameterizedTest
    @EnumSource(Operation.class)
    void readsTheBodyOfEachOperation(Operation operation) {
        Throwable thrown = catchThrowable(
                () -> OrderReader.read(operation, JsonMapper.shared().readTree("{}")));

        assertThat(thrown == null || thrown instanceof ProblemException)
                .as("%s", thrown)
                .isTrue();
    }

    @Test
    void reportsEveryViolationUpToAThousand() {
        assertThat(violationsOf(999)).hasSize(999);
        assertThat(violationsOf(20_000)).hasSize(1_000);
    }

    @Test
    void explainsAmountsToAClientThatSendsAFraction() {
        String body = "{\"currency\":\"EUR\",\"items\":[{\"sku\":\"A\",\"quantity\":1.5,\"unitPrice\":19.99}]}";

        assertThat(violationsOf(body))
                .extracting(Violation::detail)
                .containsExactly(
                        "quantity must be an integer, without a fraction or an exponent",
                        "unitPrice must be an integer in the currency's minor unit, such as 1999 for 19.99,"
                                + " without a fraction or an exponent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@example.org",
                "a@b.c",
                "ada+shop@mail.example.co.uk",
                "ada.'lovelace'_{1}|2/3!#$%&*=?^`~-@x-y.example",
                "ädä@bücher.example",
                "擅@例え.テスト",
                "\uD83D\uDE00@example.org"
            })
    void takesWhatLooksLikeAnEmail(String email) {
        assertThat(OrderReader.read(Operation.CREATE_ORDER, orderOf(email))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "ada",
                "ada@",
                "@example.org",
                "ada@example",
                "ada@.org",
                "ada@example.",
                "ada@example..org",
                "ada@b@example.org",
                "ada lovelace@example.org",
                "ada@example.org ",
                "ada@exam\tple.org",
                "\"ada\"@example.org",
                "\"ada lovelace\"@example.org",
                "Ada <ada@example.org>",
                "<ada@example.org>",
                "ada@example.org,bob@example.org",
                "ada@[127.0.0.1]",
                "mailto:ada@example.org",
                "a\\da@example.org",
                "ada@example.org\u0000",
                "ada@example.org\u007F",
                "ada\u0085@example.org",
                "ada\u00A0@example.org",
                "ada\u00AD@example.org",
                "ada\u200B@example.org",
                "ada\u200D@example.org",
                "ada\u2028@example.org",
                "ada\u202E@example.org",
                "ada\u2060@example.org",
                "ada\u2800@example.org",
                "ada\u3000@example.org",
                "ada\u3164@example.org",
                "ada\u034F@example.org",
                "ada\uFE0F@example.org",
                "ada\uFEFF@example.org",
                "ada\uDB40\uDC41@example.org",
                "ada\uDB40\uDD00@example.org"
            })
    void refusesWhatDoesNot(String email) {
        assertThat(BrokenRules.of(catchThrowableOfType(
                        ProblemException.class, () -> OrderReader.read(Operation.CREATE_ORDER, orderOf(email)))))
                .extracting(Violation::pointer)
                .containsExactly("/customer/email");
    }

    private static JsonNode orderOf(String email) {
        JsonNode order = StrictJson.readTrusted(
                "{\"currency\":\"EUR\",\"customer\":{},\"items\":[{\"sku\":\"A\",\"quantity\":1,\"unitPrice\":1}]}");
        ((ObjectNode) order.get("customer")).put("email", email);
        return order;
    }

    private static List<Violation> violationsOf(int unknownFields) {
        String body = IntStream.range(0, unknownFields - 2)
                .mapToObj(i -> "\"unknown" + i + "\":0")
                .collect(Collectors.joining(",", "{", "}"));
        // The two other violations: a currency and items are required.
        return violationsOf(body);
    }

    private static List<Violation> violationsOf(String body) {
        return BrokenRules.of(catchThrowableOfType(
                ProblemException.class, () -> OrderReader.read(Operation.CREATE_ORDER, StrictJson.readTrusted(body))));
    }
}
