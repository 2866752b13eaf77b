package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;

import com.ecommerce.orders.local.testkit.LocalServer;
import com.ecommerce.orders.settings.SettingException;
import com.ecommerce.orders.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class LocalSettingsTest {

    @TempDir
    Path directory;

    @Test
    void listensOnLoopbackWhileItIssuesTokens() {
        assertThat(apply(Map.of()).getProperty("server.address")).isEqualTo("127.0.0.1");
        assertThat(apply(Map.of("HOST", "localhost")).getProperty("server.address"))
                .isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({"HOST,0.0.0.0", "HOST,192.0.2.7", "PORT,http", "PORT,70000", "orders.identity.mode,gateway"})
    void refusesDangerousAndImpossibleSettings(String name, String value) {
        assertThatThrownBy(() -> apply(Map.of(name, value)))
                .isInstanceOf(SettingException.class)
                .message()
                .contains(name.equals("orders.identity.mode") ? "ORDERS_IDENTITY_MODE" : name, "for example");
    }

    /** Without an issuer, the API accepts development tokens. A mistake in a setting must not cause that. */
    @ParameterizedTest
    @CsvSource({
        "orders.identity.jwt.issuer, '', ORDERS_IDENTITY_JWT_ISSUER must not be empty",
        "orders.identity.jwt.issuer, ' ', ORDERS_IDENTITY_JWT_ISSUER must not be empty",
        "orders.identity.jwt.issuer, urn:ecommerce-order-api:development, ORDERS_IDENTITY_JWT_ISSUER must",
        "orders.identity.jwt.audience, orders-api, ORDERS_IDENTITY_JWT_ISSUER must be set",
        "orders.identity.jwt.jwk-set-uri, https://login.example.org/keys, ORDERS_IDENTITY_JWT_ISSUER must be set",
        "orders.identity.jwt.jwk-set, '{}', ORDERS_IDENTITY_JWT_ISSUER must be set",
        "orders.identity.mode, ' Gateway ', ORDERS_IDENTITY_MODE must be jwt",
        "orders.identity.jwt.isuer, https://login.example.org/, the nearest one is orders.identity.jwt.issuer"
    })
    void issuesNoTokensIfASettingSuggestsAnotherIssuer(String name, String value, String message) {
        assertThatThrownBy(() -> apply(Map.of(name, value)))
                .isInstanceOf(SettingException.class)
                .message()
                .contains(message);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void listensOnAllAddressesIfAnIssuerIsSet() {
        assertThat(apply(Map.of("orders.identity.jwt.issuer", "https://issuer.example.org"))
                        .getProperty("server.address"))
                .isEqualTo("0.0.0.0");
    }

    @ParameterizedTest
    @CsvSource({
        "DB_URL,mysql://db,DB_URL",
        "DB_USER,'',DB_USER",
        "DB_POOL_SIZE,many,DB_POOL_SIZE",
        "DB_PASSWORD,@Microsoft.KeyVault(SecretUri=https://vault.example.org/secrets/x),DB_PASSWORD",
        "orders.identity.mode,nobody,ORDERS_IDENTITY_MODE"
    })
    void stopsTheStartAndNamesAWrongSetting(String name, String value, String named) {
        Map<String, String> settings = new HashMap<>(TestDatabase.get().settings());
        settings.put("ORDERS_DATA_DIR", directory.toString());
        settings.put(name, value);

        assertThatThrownBy(() -> LocalServer.start(settings).close())
                .extracting(NestedExceptionUtils::getMostSpecificCause, THROWABLE)
                .isInstanceOf(SettingException.class)
                .message()
                .contains(named);
    }

    private StandardEnvironment apply(Map<String, String> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("ORDERS_DATA_DIR", directory.toString());
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", all));
        LocalSettings.apply(environment);
        return environment;
    }
}
