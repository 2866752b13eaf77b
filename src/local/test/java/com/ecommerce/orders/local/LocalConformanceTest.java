package com.ecommerce.orders.local;

import com.ecommerce.orders.conformance.BadRequests;
import com.ecommerce.orders.conformance.ConformanceSuite;
import com.ecommerce.orders.conformance.Target;
import com.ecommerce.orders.local.testkit.LocalServer;
import com.ecommerce.orders.testkit.LogWatch;
import com.ecommerce.orders.testkit.TestDatabase;
import com.ecommerce.orders.testkit.Tokens;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class LocalConformanceTest {

    private static final Tokens TOKENS = new Tokens();

    /** A case with seven requests that wait at once. A pooler with one connection can't serve them. */
    private static final String HOLDS_MANY_CONNECTIONS = "keepsOneTenantFromTakingAllConnections";

    private static LocalServer server;
    private static LogWatch log;

    @BeforeAll
    static void start() {
        server = LocalServer.trusting(TOKENS, Map.of());
        log = LogWatch.start();
    }

    @AfterAll
    static void stop() {
        server.close();
        log.close();
        log.assertDiscreet();
    }

    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return ConformanceSuite.against(Target.at(server.uri(), TOKENS, "local"))
                .filter(test ->
                        !TestDatabase.isPooled() || !test.getDisplayName().contains(HOLDS_MANY_CONNECTIONS));
    }

    @TestFactory
    Stream<DynamicTest> refusesAllThatTheContractForbids() throws IOException {
        return BadRequests.against(Target.at(server.uri(), TOKENS, "local"));
    }
}
