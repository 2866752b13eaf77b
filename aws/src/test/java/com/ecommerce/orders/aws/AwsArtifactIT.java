package com.ecommerce.orders.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.aws.testkit.LambdaProcess;
import com.ecommerce.orders.aws.testkit.RuntimeApi;
import com.ecommerce.orders.conformance.ConformanceSuite;
import com.ecommerce.orders.conformance.LoggedOrder;
import com.ecommerce.orders.conformance.Target;
import com.ecommerce.orders.testkit.TestDatabase;
import com.ecommerce.orders.testkit.Tokens;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the whole contract with the ZIP, started by Amazon's runtime client. */
class AwsArtifactIT {

    private static final Pattern PERSONAL = Pattern.compile("eyJ[A-Za-z0-9_-]{8}|[A-Za-z0-9.]+@[a-z]|St James|llll");

    /** Half of the kinds. They run with the two combinations that the other half leaves out. */
    private static final Set<ApiKind> HALF = Set.of(ApiKind.HTTP_API_2_0, ApiKind.REST_API);

    /** Selects all combinations. Otherwise every second one runs, which still contains each pair of choices. */
    private static final boolean ALL = Boolean.getBoolean("aws.all");

    private static final List<AutoCloseable> OPEN = new ArrayList<>();
    private static final List<LambdaProcess> PROCESSES = new ArrayList<>();
    private static final Tokens TOKENS = new Tokens(
            "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Example01",
            "1example23456789userclient",
            Map.of("tenant_id", "custom:tenant_id"));

    @TempDir
    private static Path root;

    private static RuntimeApi jwtMode;
    private static RuntimeApi gatewayMode;

    @BeforeAll
    static void startFunctions() throws Exception {
        Artifact.unzip(root);
        jwtMode = start(Map.of(
                "ORDERS_IDENTITY_JWT_ISSUER", TOKENS.issuer(),
                "ORDERS_IDENTITY_JWT_AUDIENCE", TOKENS.audience(),
                "ORDERS_IDENTITY_JWT_JWKSET", TOKENS.jwkSetJson()));
        gatewayMode = start(Map.of("ORDERS_IDENTITY_MODE", "gateway"));
    }

    /** Starts two instances, as Lambda does for two requests at once. */
    private static RuntimeApi start(Map<String, String> identity) throws Exception {
        RuntimeApi api = open(new RuntimeApi());
        Map<String, String> settings = new HashMap<>(identity);
        settings.putAll(TestDatabase.get().settings());
        for (int i = 0; i < 2; i++) {
            PROCESSES.add(open(LambdaProcess.start(root, api, settings)).awaitStart(api));
        }
        return api;
    }

    private static <T extends AutoCloseable> T open(T resource) {
        OPEN.add(0, resource);
        return resource;
    }

    @AfterAll
    static void stopFunctions() throws Exception {
        for (AutoCloseable resource : OPEN) {
            resource.close();
        }
    }

    @TestFactory
    Stream<DynamicContainer> keepsTheContract() throws Exception {
        List<DynamicContainer> variants = new ArrayList<>();
        for (ApiKind kind : ApiKind.values()) {
            for (boolean base64 : new boolean[] {false, true}) {
                for (boolean gateway : new boolean[] {false, true}) {
                    // A load balancer passes no claims.
                    boolean exists = kind != ApiKind.LOAD_BALANCER || !gateway;
                    if (exists && (ALL || HALF.contains(kind) == (base64 == gateway))) {
                        variants.add(variant(kind, base64, gateway));
                    }
                }
            }
        }
        return variants.stream().onClose(AwsArtifactIT::logsNoPersonalData);
    }

    @ParameterizedTest
    @CsvSource({"ORDERS_TELEMETRY_ENDPOINT, http://localhost:4318", "ORDERS_CACHE_URL, caffeine"})
    void saysWhichFeaturesTheArtifactDoesNotHave(String setting, String value) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of("ORDERS_IDENTITY_MODE", "gateway", setting, value));
        settings.putAll(TestDatabase.get().settings());
        try (RuntimeApi api = new RuntimeApi();
                LambdaProcess function = LambdaProcess.start(root, api, settings)) {
            assertThatThrownBy(() -> function.awaitStart(api))
                    .hasMessageContaining("The setting " + setting + " has no effect in this artifact");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ORDERS_IDENTITY_TENANT_ALLOWED, acme, is unknown; the nearest one is ORDERS_IDENTITY_TENANTS_ALLOWED",
        "ORDERS_IDENTITY_TENANTS_ALLOWED, ' ', must not be empty",
        "ORDERS_IDENTITY_TENANTS_ALLOWED_1, acme, must be the first of the numbered values",
        "ORDERS_IDENTITY_TENANTS_ALIAS_ACME, acme, is not read any more",
        "ORDERS_IDENTITY_CLAIMS_TENANT, tid, ORDERS_IDENTITY_TENANTS_ALLOWED must list"
    })
    void doesNotStartWithADangerousSetting(String setting, String value, String message) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of("ORDERS_IDENTITY_MODE", "gateway", setting, value));
        settings.putAll(TestDatabase.get().settings());
        try (RuntimeApi api = new RuntimeApi();
                LambdaProcess function = LambdaProcess.start(root, api, settings)) {
            assertThatThrownBy(() -> function.awaitStart(api)).hasMessageContaining(message);
        }
    }

    @Test
    void logsEachRequestAsFields() throws Exception {
        try (Gateway gateway = new Gateway(jwtMode, ApiKind.HTTP_API_2_0, false, null)) {
            String tenant = "gelöscht 😀";
            String token = TOKENS.mint(Map.of(
                    "tenant_id",
                    tenant,
                    "sub",
                    "alice",
                    "scope",
                    "orders:read orders:write payments:write fulfillments:write"));
            LoggedOrder order = LoggedOrder.place(gateway.uri(), tenant, token);
            StringBuilder log = new StringBuilder();
            for (LambdaProcess process : PROCESSES) {
                log.append(process.log());
            }
            order.assertLoggedWithNumbersIn(log.toString(), "traceId");
        }
    }

    private static DynamicContainer variant(ApiKind kind, boolean base64, boolean verifies) throws Exception {
        Gateway gateway = open(
                verifies ? new Gateway(gatewayMode, kind, base64, TOKENS) : new Gateway(jwtMode, kind, base64, null));
        Target target = Target.at(gateway.uri(), TOKENS, "aws");
        String name = kind + (verifies ? ", gateway" : ", jwt") + (base64 ? ", base64" : "");
        return DynamicContainer.dynamicContainer(
                name,
                ConformanceSuite.against(target)
                        .onClose(() -> System.out.printf("%s %s%n", LocalTime.now(ZoneOffset.UTC), name)));
    }

    private static void logsNoPersonalData() {
        assertThat(PROCESSES).allSatisfy(process -> {
            assertThat(process.isAlive()).isTrue();
            assertThat(process.log()).doesNotContainPattern(PERSONAL);
        });
    }
}
