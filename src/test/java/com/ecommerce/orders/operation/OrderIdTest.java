package com.ecommerce.orders.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderIdTest {

    @Property(tries = 100)
    void isReadFromItsTextInEitherCase(@ForAll long high, @ForAll long low) {
        UUID value = new UUID(high, low);
        assertThat(OrderId.parse(value.toString())).contains(new OrderId(value));
        assertThat(OrderId.parse(value.toString().toUpperCase(Locale.ROOT))).contains(new OrderId(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1-2-3-4-5",
                "019ab3c2-8d5e-7c31-9f0a-5b7d2e4c6a1",
                "019ab3c2-8d5e-7c31-9f0a-5b7d2e4c6a180",
                "019ab3c2-8d5e-7c31-9f0a-5b7d2e4c6a1g",
                "019ab3c28d5e7c319f0a5b7d2e4c6a18",
                "{019ab3c2-8d5e-7c31-9f0a-5b7d2e4c6a18}",
                " 019ab3c2-8d5e-7c31-9f0a-5b7d2e4c6a18",
                "19ab3c2-08d5e-7c31-9f0a-5b7d2e4c6a18",
                "-19ab3c2-8d5e-7c31-9f0a-5b7d2e4c6a18",
                "+19ab3c2-8d5e-7c31-9f0a-5b7d2e4c6a18",
                "\uFF1019ab3c2-8d5e-7c31-9f0a-5b7d2e4c6a18"
            })
    void isReadFromNothingElse(String text) {
        assertThat(OrderId.parse(text)).isEmpty();
    }
}
