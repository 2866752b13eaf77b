package com.ecommerce.orders.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.conformance.ConformanceSuite;
import com.ecommerce.orders.conformance.Target;
import com.ecommerce.orders.conformance.Tokens;
import com.ecommerce.orders.postgres.TestDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Starts {@code target/deploy} on both invokers that the cloud has. */
class GcpArtifactIT {

    private static final String VERSION_1 = "1.4.1";
    private static final String VERSION_2 = "2.0.0";
    private static final Tokens TOKENS = new Tokens();
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @TestFactory
    Stream<DynamicTest> conformsOnVersion1() throws Exception {
        GoogleInvoker invoker = GoogleInvoker.start(VERSION_1, environment("jwt"));
        return ConformanceSuite.against(Target.at(invoker.uri(), TOKENS)).onClose(invoker::close);
    }

    @TestFactory
    Stream<DynamicTest> conformsOnVersion2() throws Exception {
        GoogleInvoker invoker = GoogleInvoker.start(VERSION_2, environment("jwt"));
        return ConformanceSuite.against(Target.at(invoker.uri(), TOKENS)).onClose(invoker::close);
    }

    @TestFactory
    Stream<DynamicTest> conformsBehindTheGatewayWhoseClaimsItTrusts() throws Exception {
        return behindTheGateway("gateway");
    }

    private static Stream<DynamicTest> behindTheGateway(String mode) throws Exception {
        GoogleInvoker invoker = GoogleInvoker.start(VERSION_2, environment(mode));
        GatewayStandIn gateway = new GatewayStandIn(invoker.uri(), TOKENS);
        return ConformanceSuite.against(Target.at(gateway.uri(), TOKENS))
                .onClose(gateway::close)
                .onClose(invoker::close);
    }

    private static Map<String, String> environment(String mode) {
        Map<String, String> environment = new HashMap<>();
        environment.put("DB_URL", TestDatabase.get().url());
        environment.put("DB_USER", TestDatabase.USER);
        environment.put("DB_PASSWORD", TestDatabase.PASSWORD);
        environment.put("GOOGLE_CLOUD_PROJECT", "my-project");
        environment.put("ORDERS_IDENTITY_MODE", mode);
        if (mode.equals("jwt")) {
            environment.put("ORDERS_IDENTITY_JWT_ISSUER", TOKENS.issuer());
            environment.put("ORDERS_IDENTITY_JWT_AUDIENCE", TOKENS.audience());
            environment.put("ORDERS_IDENTITY_JWT_JWKSET", TOKENS.jwkSetJson());
        }
        return environment;
    }
}
