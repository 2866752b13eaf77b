package com.ecommerce.orders.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.testkit.TestEnvironment;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.ConfigurableEnvironment;

/** Every artifact reads the same settings in the same way. */
class OrdersSettingsTest {

    private static final List<Artifact> ARTIFACTS = List.of(Artifact.LOCAL, Artifact.AWS, Artifact.AZURE, Artifact.GCP);
    private static final Map<String, String> GOOD = Map.of(
            "DB_URL", "jdbc:postgresql://localhost:5432/orders",
            "DB_USER", "orders_api",
            "ORDERS_IDENTITY_MODE", "gateway",
            "ORDERS_IDENTITY_TENANTS_ALLOWED", "acme");

    @Test
    void readsTheWholeTree() throws IOException {
        OrdersSettings settings = read(
                Artifact.AWS,
                Map.of(
                        "DB_PASSWORD", "",
                        "ORDERS_HTTP_BASEPATH", "/shop",
                        "ORDERS_CACHE_URL", "caffeine",
                        "ORDERS_CACHE_TTL", "250ms",
                        "ORDERS_TELEMETRY_ENDPOINT", "http://localhost:4318"));

        assertThat(settings.http()).isEqualTo(new HttpSettings("/shop", List.of()));
        assertThat(settings.identity().claims().tenant()).containsExactly("custom:tenant_id");
        assertThat(settings.database())
                .isEqualTo(new DatabaseSettings("jdbc:postgresql://localhost:5432/orders", "orders_api", "", 1));
        assertThat(settings.cache()).isEqualTo(new CacheSettings("caffeine", Duration.ofMillis(250)));
        assertThat(settings.telemetry())
                .isEqualTo(new TelemetrySettings("http://localhost:4318", Duration.ofSeconds(60)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Artifact.class,
            names = {"LOCAL", "AWS", "AZURE", "GCP"})
    void takesTheArtifactsOwnFile(Artifact artifact) throws IOException {
        OrdersSettings settings = read(artifact, Map.of());

        assertThat(settings.cache()).isNull();
        assertThat(settings.telemetry()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DB_URL | mysql://db | DB_URL must be the JDBC URL of a PostgreSQL database, for example DB_URL=jdbc:",
                "DB_URL | '' | DB_URL must not be empty",
                "DB_USER | ' ' | DB_USER must not be empty",
                "DB_POOL_SIZE | many | DB_POOL_SIZE must be a number from 1 to 999, for example DB_POOL_SIZE=10",
                "DB_POOL_SIZE | 0 | DB_POOL_SIZE must be a number",
                "DB_POOL_SIZE | 1000 | DB_POOL_SIZE must be a number",
                "DB_POOL_SIZE | 99999999999 | DB_POOL_SIZE must be a number",
                "DB_POOL_SIZE | -1 | DB_POOL_SIZE must be a number",
                "DB_PASSWORD | @Microsoft.KeyVault(SecretUri=x) | DB_PASSWORD is a Key Vault reference",
                "DB_PASSWORD | a${NO_SUCH_VARIABLE} | DB_PASSWORD must not refer to a ${...} that is not set",
                "ORDERS_IDENTITY_MODE | nobody | ORDERS_IDENTITY_MODE must be jwt or gateway",
                "ORDERS_IDENTITY_MODE | jwt | ORDERS_IDENTITY_JWT_ISSUER is missing. Set the issuer of your users'",
                "ORDERS_CACHE_URL | '' | ORDERS_CACHE_URL must not be empty",
                "ORDERS_CACHE_TTL | 10s | ORDERS_CACHE_TTL has no effect without ORDERS_CACHE_URL. Remove",
                "ORDERS_TELEMETRY_INTERVAL | 10s | ORDERS_TELEMETRY_INTERVAL has no effect without ORDERS_TELEMETRY_ENDPOINT.",
                "ORDERS_TELEMETRY_ENDPOINT | '' | ORDERS_TELEMETRY_ENDPOINT must not be empty",
                "ORDERS_TELEMETRY_ENDPOINT | localhost:4318 | ORDERS_TELEMETRY_ENDPOINT must be the address of an OTLP",
                "ORDERS_TELEMETRY_ENDPOINT | http://localhost/v1 | ORDERS_TELEMETRY_ENDPOINT must be the address of an",
                "ORDERS_IDENTITY_MOD | jwt | ORDERS_IDENTITY_MOD is unknown; the nearest one is ORDERS_IDENTITY_MODE",
            })
    void hasTheSameMessageInEveryArtifact(String name, String value, String message) {
        for (Artifact artifact : ARTIFACTS) {
            assertStopped(artifact, Map.of(name, value), "The setting " + message);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "-1s", "0s", "25h", "ten", "10 s", "1.5s", "9223372036854775807h", "10s10s"})
    void refusesAnInvalidTimeOrATimeOutOfRange(String time) {
        assertStopped(
                Artifact.LOCAL,
                Map.of("ORDERS_CACHE_URL", "caffeine", "ORDERS_CACHE_TTL", time),
                "The setting ORDERS_CACHE_TTL must be a time with its unit, from 1ms to 24h, for example"
                        + " ORDERS_CACHE_TTL=10s");
    }

    @Test
    void saysWhichSettingIsMissing() {
        assertMissing("DB_USER", Map.of("ORDERS_IDENTITY_MODE", "gateway", "DB_URL", "jdbc:postgresql://db/orders"));
        assertMissing("ORDERS_IDENTITY_JWT_ISSUER", Map.of());
        assertMissing(
                "ORDERS_IDENTITY_JWT_AUDIENCE", Map.of("ORDERS_IDENTITY_JWT_ISSUER", "https://login.example.org/"));
        assertMissing(
                "ORDERS_IDENTITY_JWT_JWKSETURI",
                Map.of(
                        "ORDERS_IDENTITY_JWT_ISSUER",
                        "https://login.example.org/",
                        "ORDERS_IDENTITY_JWT_AUDIENCE",
                        "orders-api"));
    }

    private static void assertMissing(String name, Map<String, String> others) {
        assertThatThrownBy(() -> OrdersSettings.of(environment(Artifact.AWS, others)))
                .isInstanceOf(SettingException.class)
                .message()
                .startsWith("The setting " + name + " is missing. Set ")
                .contains(", for example " + name + "=");
    }

    @Test
    void refusesALoginWithoutADatabase() {
        assertThatThrownBy(() -> OrdersSettings.of(environment(
                        Artifact.LOCAL, Map.of("ORDERS_IDENTITY_MODE", "gateway", "DB_USER", "orders_api"))))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith(
                        "The setting DB_USER has no effect without DB_URL. Remove DB_USER or set DB_URL, for example");
    }

    @ParameterizedTest
    @CsvSource({
        "AWS, ORDERS_DATA_DIR",
        "AZURE, ORDERS_DATA_DIR",
        "GCP, ORDERS_DATA_DIR",
        "LOCAL, ORDERS_IDENTITY_GATEWAY_HEADER",
        "AWS, ORDERS_IDENTITY_GATEWAY_HEADER",
        "AZURE, ORDERS_IDENTITY_GATEWAY_HEADER",
        "AWS, orders.identity.gateway.header"
    })
    void refusesASettingThatThisArtifactDoesNotRead(Artifact artifact, String name) {
        assertStopped(
                artifact,
                Map.of(name, "X-Apigateway-Api-Userinfo"),
                "The setting " + name + " has no effect in " + artifact.title() + ". Remove the setting.");
    }

    @Test
    void suggestsNoSettingThatThisArtifactDoesNotRead() {
        assertStopped(Artifact.LOCAL, Map.of("ORDERS_DATADIR", "/data"), "nearest one is ORDERS_DATA_DIR:");
        assertThatThrownBy(() -> read(Artifact.AWS, Map.of("ORDERS_DATADIR", "/data")))
                .message()
                .doesNotContain("ORDERS_DATA_DIR");
    }

    @Test
    void showsNoSecret() throws IOException {
        OrdersSettings settings = read(
                Artifact.AWS,
                Map.of("DB_PASSWORD", "a-secret", "ORDERS_CACHE_URL", "redis://:a-secret@localhost:6379"));

        assertThat(settings.toString()).doesNotContain("a-secret");
    }

    private static void assertStopped(Artifact artifact, Map<String, String> settings, String message) {
        assertThatThrownBy(() -> read(artifact, settings))
                .as(artifact.toString())
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(message);
    }

    private static OrdersSettings read(Artifact artifact, Map<String, String> settings) throws IOException {
        Map<String, String> all = new HashMap<>(GOOD);
        all.putAll(settings);
        return OrdersSettings.of(environment(artifact, all));
    }

    private static ConfigurableEnvironment environment(Artifact artifact, Map<String, String> variables)
            throws IOException {
        Properties own = SettingsFiles.ownProperties(artifact);
        Map<String, Object> file = new HashMap<>();
        own.stringPropertyNames().forEach(name -> file.put(name, own.getProperty(name)));
        file.put("spring.profiles.include", artifact.profile());
        return TestEnvironment.of(variables, file);
    }
}
