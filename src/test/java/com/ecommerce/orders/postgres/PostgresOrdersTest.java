package com.ecommerce.orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import org.junit.jupiter.api.Test;

class PostgresOrdersTest {

    @Test
    void connects() throws Exception {
        try (Connection connection = TestDatabase.get().connect()) {
            assertThat(connection.isValid(1)).isTrue();
        }
    }
}
