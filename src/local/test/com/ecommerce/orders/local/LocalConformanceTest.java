package com.ecommerce.orders.local;

import com.ecommerce.orders.conformance.ConformanceSuite;
import com.ecommerce.orders.conformance.Target;
import com.ecommerce.orders.conformance.Tokens;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class LocalConformanceTest {

    private static final Tokens TOKENS = new Tokens();

    private static LocalServer server;

    @BeforeAll
    static void start() {
        server = LocalServer.trusting(TOKENS, Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return ConformanceSuite.against(Target.at(server.uri(), TOKENS, "local"));
    }
}
