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
