package com.ecommerce.orders.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.http.ApiUnderFuzz;
import com.ecommerce.orders.http.OrderApi;
import com.ecommerce.orders.settings.SettingException;
import com.ecommerce.orders.testkit.TestEnvironment;
import com.ecommerce.orders.testkit.Tokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every setting that protects the API fails closed: a wrong value stops the start. */
class SecuritySettingsTest {

    private static final Tokens TOKENS = new Tokens();
    private static final Map<String, String> JWT = Map.of(
            "ORDERS_IDENTITY_JWT_ISSUER", TOKENS.issuer(),
            "ORDERS_IDENTITY_JWT_AUDIENCE", TOKENS.audience(),
            "ORDERS_IDENTITY_JWT_JWKSET", TOKENS.jwkSetJson());
    private static final Map<String, String> GATEWAY = Map.of("ORDERS_IDENTITY_MODE", "gateway");

    private static final List<String> LISTS = List.of(
            "orders.identity.tenants.allowed",
            "orders.identity.claims.tenant",
            "orders.identity.claims.user",
            "orders.identity.claims.email",
            "orders.identity.claims.scopes",
            "orders.cors.origins");
    private static final List<String> TEXTS = List.of(
            "orders.identity.mode",
            "orders.identity.jwt.issuer",
            "orders.identity.jwt.audience",
            "orders.identity.jwt.jwk-set",
            "orders.identity.jwt.jwk-set-uri",
            "orders.identity.tenants.alias");

    @Test
    void startsWithValidSettings() {
        assertThat(start(JWT, Map.of())).isNotNull();
        assertThat(start(GATEWAY, Map.of())).isNotNull();
    }

    static Stream<Arguments> emptyOnes() {
        List<Arguments> settings = new ArrayList<>();
        for (String name : Stream.concat(LISTS.stream(), TEXTS.stream()).toList()) {
            for (String value : List.of("", " ", "\t", "\u2003")) {
                settings.add(Arguments.of(name, value));
            }
        }
        for (String name : LISTS) {
            for (String value : List.of(",", "a,", ",a", "a,,b", "a, ,b", " , ")) {
                settings.add(Arguments.of(name, value));
            }
        }
        return settings.stream();
    }

    @ParameterizedTest
    @MethodSource("emptyOnes")
    void anEmptyValueStopsTheStart(String name, String value) {
        assertStopped(Map.of(variable(name), value), Map.of(), variable(name));
        assertStopped(Map.of(), Map.of(name, value), variable(name));
    }

    static Stream<Arguments> brokenLists() {
        List<Arguments> lists = new ArrayList<>();
        for (String name : LISTS) {
            lists.add(Arguments.of(name, Map.of("1", "a")));
            lists.add(Arguments.of(name, Map.of("0", "a", "2", "b")));
            lists.add(Arguments.of(name, Map.of("1", "a", "2", "b")));
            lists.add(Arguments.of(name, Map.of("0", "")));
            lists.add(Arguments.of(name, Map.of("0", " ")));
            lists.add(Arguments.of(name, Map.of("0", "a", "1", "")));
            lists.add(Arguments.of(name, Map.of("", "a", "0", "b")));
            lists.add(Arguments.of(name, Map.of("", "a", "1", "b")));
            lists.add(Arguments.of(name, Map.of("", "", "0", "b")));
            lists.add(Arguments.of(name, Map.of("0", "a", "00", "b")));
            lists.add(Arguments.of(name, Map.of("0", "a", "01", "b")));
            lists.add(Arguments.of(name, Map.of("0", "a", "99999999999", "b")));
            lists.add(Arguments.of(name, Map.of("0", "a", "x", "b")));
            lists.add(Arguments.of(name, Map.of("-1", "a")));
        }
        return lists.stream();
    }

    /** The keys of {@code values} are the ends of the names: a number, or nothing. */
    @ParameterizedTest
    @MethodSource("brokenLists")
    void aListWithGapsOrInTwoFormsStopsTheStart(String name, Map<String, String> values) {
        Map<String, String> variables = new HashMap<>();
        Map<String, String> properties = new HashMap<>();
        values.forEach((index, value) -> {
            variables.put(variable(name) + (index.isEmpty() ? "" : "_" + index), value);
            properties.put(name + (index.isEmpty() ? "" : "[" + index + "]"), value);
        });
        assertStopped(variables, Map.of(), variable(name));
        assertStopped(Map.of(), properties, "orders");
    }

    /** Boot flattens {@code "allowed": []} and {@code "alias": {}} to these values. */
    @Test
    void anEmptyArrayOrObjectStopsTheStart() {
        for (String name : LISTS) {
            assertStopped(Map.of(), Map.of(name, List.of()), variable(name));
        }
        assertStopped(Map.of(), Map.of("orders.identity.tenants.alias", Map.of()), "ORDERS_IDENTITY_TENANTS_ALIAS");
    }

    @ParameterizedTest
    @CsvSource({
        "ORDERS_IDENTITY_TENANT_ALLOWED, ORDERS_IDENTITY_TENANTS_ALLOWED",
        "ORDERS_IDENTITY_TENANTS_ALOWED, ORDERS_IDENTITY_TENANTS_ALLOWED",
        "ORDERS_IDENTITY_TENANTS_ALOWED_0, ORDERS_IDENTITY_TENANTS_ALLOWED",
        "ORDERS_IDENTITY_TENANTS__ALLOWED, ORDERS_IDENTITY_TENANTS_ALLOWED",
        "ORDERS_IDENTITY_TENANTS_ALLOWED_, ORDERS_IDENTITY_TENANTS_ALLOWED",
        "ORDERS__IDENTITY__MODE, ORDERS_IDENTITY_MODE",
        "ORDERS_IDENTITY_MODE_0, ORDERS_IDENTITY_MODE",
        "ORDERS_IDENTITY_TENANTSALLOWED, ORDERS_IDENTITY_TENANTS_ALLOWED",
        "ORDERS_IDENTITY_JWT_JWK_SET_URI, ORDERS_IDENTITY_JWT_JWKSETURI",
        "ORDERS_IDENTITY_JWT_ISSUER_URI, ORDERS_IDENTITY_JWT_ISSUER",
        "ORDERS_IDENTITY_ISSUER, ORDERS_IDENTITY_JWT_ISSUER",
        "orders_identity_tenants_allowed, ORDERS_IDENTITY_TENANTS_ALLOWED",
        "Orders_Identity_Tenants_Allowed, ORDERS_IDENTITY_TENANTS_ALLOWED",
        "ORDERS_CORS_ORIGIN, ORDERS_CORS_ORIGINS",
        "ORDERS_HTTP_BASE_PATH, ORDERS_HTTP_BASEPATH",
        "ORDERS_, ORDERS_DATA_DIR",
        "orders.identity.tenants.allow, orders.identity.tenants.allowed",
        "orders.identity.tenants.allowed.0, orders.identity.tenants.allowed",
        "orders.identity.tenants.allowed[x], orders.identity.tenants.allowed",
        "orders.identity.tenants.allowed[0][0], orders.identity.tenants.allowed",
        "orders.identity.tenants.aliases, orders.identity.tenants.alias",
        "orders.identity.jwt.jwk_set, orders.identity.jwt.jwk-set",
        "orders.data.dir, orders.cache.url",
        "Orders.Identity.Mod, orders.identity.mode",
    })
    void anUnknownNameStopsTheStartAndTheNearestOneIsNamed(String name, String nearest) {
        assertThatThrownBy(() -> start(with(JWT, Map.of(name, "secret value")), Map.of()))
                .rootCause()
                .isInstanceOf(SettingException.class)
                .message()
                .isEqualTo("The setting " + name + " is unknown; the nearest one is " + nearest
                        + ": use that name, or remove the setting");
    }

    /**
     * Spring would ignore these names silently, because names in the form of variables count in the environment only.
     */
    @ParameterizedTest
    @CsvSource({
        "ORDERS_IDENTITY_TENANTS_ALLOWED, orders.identity.tenants.allowed",
        "ORDERS_IDENTITY_JWT_JWKSETURI, orders.identity.jwt.jwk-set-uri",
        "orders_identity_mode, orders.identity.mode"
    })
    void aVariablesNameElsewhereStopsTheStart(String name, String property) {
        assertThatThrownBy(() -> start(JWT, Map.of(name, "x")))
                .rootCause()
                .isInstanceOf(SettingException.class)
                .message()
                .contains("The setting " + name + " is read from environment variables only", property);
    }

    @Test
    void oneSettingInTwoSpellingsStopsTheStart() {
        assertStopped(
                Map.of(),
                Map.of("orders.identity.tenants.allowed", "a", "orders.identity.tenants.Allowed", "b"),
                "in two spellings");
    }

    /** Every accepted spelling is in force. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders.identity.tenants.allowed",
                "orders.identity.tenants.allowed[0]",
                "orders.identity.tenants.ALLOWED",
                "Orders.Identity.Tenants.Allowed",
                "orders.identity.tenants.al-lowed"
            })
    void aSpellingThatIsTakenCounts(String name) {
        OrderApi api = start(GATEWAY, Map.of(name, "acme"));

        assertThat(status(api, "acme")).isEqualTo(200);
        assertThat(status(api, "globex")).isEqualTo(401);
    }

    @Test
    void ignoresNamesOfOtherPrograms() {
        Map<String, String> others = new HashMap<>(JWT);
        others.putAll(Map.of(
                "ORDERS_DATA_DIR", "/data",
                "ORDERS_URL", "http://localhost:8080",
                "ORDERS_TOKEN", "x",
                "ORDER_IDENTITY_MODE", "x"));
        // As Kubernetes tells of services that are called orders and orders-db.
        others.putAll(Map.of(
                "ORDERS_SERVICE_HOST", "10.0.0.1",
                "ORDERS_SERVICE_PORT", "8080",
                "ORDERS_SERVICE_PORT_HTTP", "8080",
                "ORDERS_PORT", "tcp://10.0.0.1:8080",
                "ORDERS_PORT_8080_TCP", "tcp://10.0.0.1:8080",
                "ORDERS_PORT_8080_TCP_ADDR", "10.0.0.1",
                "ORDERS_DB_SERVICE_HOST", "10.0.0.2",
                "ORDERS_DB_PORT_5432_TCP_PROTO", "tcp"));

        assertThat(start(others, Map.of("ORDERS_DATA_DIR", "/data"))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ORDERS_IDENTITY_TENANTS_ALIAS_GLOBEX_EU",
                "ORDERS_IDENTITY_TENANTS_ALIAS_X1Y2Z",
                "ORDERS_IDENTITY_TENANTS_ALIAS_0",
                "orders.identity.tenants.alias.acme-x1y2z",
                "orders.identity.tenants.alias.org:acme",
                "orders.identity.tenants.alias[org:acme]",
                "orders.identity.tenants.alias[0]",
                "Orders.Identity.Tenants.Alias.acme"
            })
    void theOldFormsOfAnAliasStopTheStartAndTheNewOneIsShown(String name) {
        Map<String, String> settings = Map.of("ORDERS_IDENTITY_TENANTS_ALLOWED", "acme");

        assertThatThrownBy(() -> start(with(JWT, with(settings, Map.of(name, "acme"))), Map.of()))
                .rootCause()
                .isInstanceOf(SettingException.class)
                .message()
                .contains(
                        "The setting " + name + " ",
                        "for example ORDERS_IDENTITY_TENANTS_ALIAS={\"<value of the claim>\":\"<tenant>\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acme",
                "{}",
                "[]",
                "null",
                "\"acme\"",
                "{\"org:acme\"}",
                "{\"org:acme\":\"acme\"",
                "{\"org:acme\":\"acme\"} {}",
                "{\"org:acme\":\"acme\",}",
                "{\"org:acme\":\"acme\",\"org:acme\":\"globex\"}",
                "{\"org:acme\":\"acme\",\"org:\\u0061cme\":\"acme\"}",
                "{'org:acme':'acme'}",
                "{\"org:acme\":null}",
                "{\"org:acme\":7}",
                "{\"org:acme\":[\"acme\"]}",
                "{\"org:acme\":{\"tenant\":\"acme\"}}",
                "{\"org:acme\":\"\"}",
                "{\"org:acme\":\" \"}",
                "{\"org:acme\":\"a\\nb\"}",
                "{\"org:acme\":\"a\\u0000b\"}",
                "{\"org:acme\":\"a\\ud800b\"}",
                "{\"org:acme\":\"ttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt\"}",
                "{\"\":\"acme\"}",
                "{\"  \":\"acme\"}",
                "{\"a\\u0000\":\"acme\"}"
            })
    void anAliasThatIsNoObjectOfTenantsStopsTheStart(String json) {
        Map<String, String> settings = Map.of("ORDERS_IDENTITY_TENANTS_ALLOWED", "org:acme");

        assertStopped(
                with(settings, Map.of("ORDERS_IDENTITY_TENANTS_ALIAS", json)),
                Map.of(),
                "The setting ORDERS_IDENTITY_TENANTS_ALIAS must ");
    }

    @Test
    void anAliasWithoutTheListOfTenantsStopsTheStart() {
        Map<String, String> alias = Map.of("ORDERS_IDENTITY_TENANTS_ALIAS", "{\"org:acme\":\"acme\"}");

        assertStopped(alias, Map.of(), "The setting ORDERS_IDENTITY_TENANTS_ALLOWED must ");
        assertStopped(with(GATEWAY, alias), Map.of(), "The setting ORDERS_IDENTITY_TENANTS_ALLOWED must ");
    }

    /** The attack: Spring's binding drops the colon from the key. So a stranger's orgacme became acme. */
    @ParameterizedTest
    @ValueSource(
            strings = {"orgacme", "ORG:ACME", "org:acme ", "org-acme", "org.acme", "orgAcme", "acme", "org:acme\u200b"})
    void matchesAnAliasOnlyByItsKey(String claim) {
        OrderApi api = start(
                with(
                        GATEWAY,
                        Map.of(
                                "ORDERS_IDENTITY_TENANTS_ALLOWED", "org:acme,globex",
                                "ORDERS_IDENTITY_TENANTS_ALIAS", "{\"org:acme\":\"acme\"}")),
                Map.of());

        assertThat(status(api, "org:acme")).isEqualTo(200);
        assertThat(status(api, "globex")).isEqualTo(200);
        assertThat(status(api, claim)).isEqualTo(401);
    }

    @Test
    void readsTheAliasFromAPropertyLiterally() {
        OrderApi api = start(
                GATEWAY,
                Map.of(
                        "orders.identity.tenants.allowed[0]", "${org},acme",
                        "orders.identity.tenants.alias", "{\"${org},acme\":\"acme\"}",
                        "org", "stranger"));

        assertThat(status(api, "${org},acme")).isEqualTo(200);
        assertThat(status(api, "stranger,acme")).isEqualTo(401);
        assertThat(status(api, "acme")).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tid",
                "tenant_id,tid",
                "tid, tenant_id",
                " tid ",
                "http://schemas.microsoft.com/identity/claims/tenantid"
            })
    void aDirectoryBehindAGatewayNeedsTheListOfTenants(String claims) {
        Map<String, String> settings = with(GATEWAY, Map.of("ORDERS_IDENTITY_CLAIMS_TENANT", claims));

        assertStopped(settings, Map.of(), "The setting ORDERS_IDENTITY_TENANTS_ALLOWED must ");
        assertThat(start(with(settings, Map.of("ORDERS_IDENTITY_TENANTS_ALLOWED", "acme")), Map.of()))
                .isNotNull();
    }

    @Test
    void anIssuerOfEveryDirectoryNeedsTheListOfTenants() {
        Map<String, String> settings = Map.of(
                "ORDERS_IDENTITY_JWT_ISSUER", "https://login.example.org/{tid}/v2.0",
                "ORDERS_IDENTITY_CLAIMS_TENANT", "tid");

        assertStopped(settings, Map.of(), "The setting ORDERS_IDENTITY_TENANTS_ALLOWED must ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"somebody", "jwt,gateway", "Gateway2", "none", "off"})
    void anUnknownModeStopsTheStart(String mode) {
        assertStopped(
                Map.of("ORDERS_IDENTITY_MODE", mode),
                Map.of(),
                "The setting ORDERS_IDENTITY_MODE must be jwt or gateway");
    }

    @Test
    void keysAndTheirAddressAtOnceStopTheStart() {
        assertStopped(
                Map.of("ORDERS_IDENTITY_JWT_JWKSETURI", "https://login.example.org/keys"),
                Map.of(),
                "ORDERS_IDENTITY_JWT_JWKSETURI and ORDERS_IDENTITY_JWT_JWKSET are both");
    }

    @Test
    void aValueThatRefersToNothingStopsTheStart() {
        assertStopped(
                Map.of("ORDERS_IDENTITY_JWT_ISSUER", "https://${NO_SUCH_HOST}/"),
                Map.of(),
                "The setting ORDERS_IDENTITY_JWT_ISSUER must ");
    }

    /** An operator's list replaces the artifact's own, also in the other form. */
    @Test
    void prefersTheEnvironmentForAnyFormOfAList() {
        Map<String, String> file = Map.of("orders.identity.tenants.allowed", "globex");

        for (String name : List.of("ORDERS_IDENTITY_TENANTS_ALLOWED", "ORDERS_IDENTITY_TENANTS_ALLOWED_0")) {
            OrderApi api = ApiUnderFuzz.start(TestEnvironment.of(with(GATEWAY, Map.of(name, "acme")), file));
            assertThat(status(api, "acme")).isEqualTo(200);
            assertThat(status(api, "globex")).isEqualTo(401);
        }
    }

    private static void assertStopped(Map<String, ?> variables, Map<String, ?> properties, String message) {
        assertThatThrownBy(() -> start(with(JWT, variables), properties))
                .rootCause()
                .isInstanceOf(SettingException.class)
                .message()
                .containsIgnoringCase(message)
                .doesNotContain("\n");
    }

    private static OrderApi start(Map<String, ?> variables, Map<String, ?> properties) {
        Map<String, Object> all = new HashMap<>(variables);
        // Each setting stands in one place only, because a variable hides a property.
        all.keySet()
                .removeIf(name -> properties.keySet().stream().anyMatch(property -> name.equals(variable(property))));
        return ApiUnderFuzz.start(TestEnvironment.of(all, properties));
    }

    private static int status(OrderApi api, String tenant) {
        return ApiUnderFuzz.status(api, Map.of("tenant_id", tenant, "sub", "alice", "scope", "orders:read"));
    }

    private static <T> Map<String, T> with(Map<String, ? extends T> some, Map<String, ? extends T> more) {
        Map<String, T> all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }

    private static String variable(String property) {
        return property.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
