package com.ecommerce.orders.aws;

import com.ecommerce.orders.postgres.TestDatabase;
import java.util.Map;

/** The settings that name the tests' database. */
final class Database {

    private Database() {}

    static Map<String, String> settings() {
        return Map.of(
                "DB_URL", TestDatabase.get().url(),
                "DB_USER", TestDatabase.USER,
                "DB_PASSWORD", TestDatabase.PASSWORD);
    }
}
