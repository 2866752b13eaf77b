package com.ecommerce.orders.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.ecommerce.orders.order.Operation;
import com.ecommerce.orders.order.Refusal;
import com.ecommerce.orders.order.Violation;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class CommandReaderTest {

    @Test
    void reportsEveryViolationUpToAThousand() {
        assertThat(violationsOf(999)).hasSize(999);
        assertThat(violationsOf(50_000)).hasSize(1_000);
    }

    @Test
    void saysHowAmountsAreWrittenToWhoeverSendsAFraction() {
        String body = "{\"currency\":\"EUR\",\"items\":[{\"sku\":\"A\",\"quantity\":1.5,\"unitPrice\":19.99}]}";

        assertThat(violationsOf(body))
                .extracting(Violation::detail)
                .containsExactly(
                        "quantity must be an integer, written without fraction or exponent",
                        "unitPrice must be an integer in the currency's minor unit, such as 1999 for 19.99,"
                                + " written without fraction or exponent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ada@example.org", "a@b.c", "ada+shop@mail.example.co.uk", "ädä@bücher.example", "\"a\"@b.c"})
    void takesWhatLooksLikeAnEmail(String email) {
        assertThat(CommandReader.read(Operation.CREATE, orderOf(email))).isNotNull();
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
            })
    void refusesWhatDoesNot(String email) {
        assertThat(catchThrowableOfType(Refusal.class, () -> CommandReader.read(Operation.CREATE, orderOf(email)))
                        .problem()
                        .violations())
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
        // The two others: a currency and items are required.
        return violationsOf(body);
    }

    private static List<Violation> violationsOf(String body) {
        return catchThrowableOfType(
                        Refusal.class, () -> CommandReader.read(Operation.CREATE, StrictJson.readTrusted(body)))
                .problem()
                .violations();
    }
}
