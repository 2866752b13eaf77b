package com.ecommerce.orders.local;

import com.ecommerce.orders.settings.Setting;
import com.ecommerce.orders.settings.SettingsReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/** The decisions of the local adapter that depend on its settings. They are made before any server starts. */
final class LocalSettings {

    private static final List<Setting> NEED_AN_ISSUER =
            List.of(Setting.IDENTITY_JWT_AUDIENCE, Setting.IDENTITY_JWT_JWK_SET_URI, Setting.IDENTITY_JWT_JWK_SET);
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

    private LocalSettings() {}

    /** Returns the folder of the data and of the development key. */
    static Path dataDirectory(Environment environment) {
        return Path.of(Objects.requireNonNull(
                SettingsReader.of(environment).text(Setting.DATA_DIR), "The table has a default"));
    }

    /** Tells whether the API starts its own database, because no setting names a database. */
    static boolean hasEmbeddedDatabase(Environment environment) {
        return !Setting.DB_URL.isSetIn(environment);
    }

    /** Sets the address to listen on and the trusted issuer of tokens. */
    static void apply(ConfigurableEnvironment environment) {
        SettingsReader settings = SettingsReader.of(environment);
        if ("gateway".equals(settings.text(Setting.IDENTITY_MODE))) {
            throw Setting.IDENTITY_MODE.must("be jwt for the local server, because no gateway is in front of it");
        }
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("localSettings", properties(settings, environment)));
        requestTimeout(environment);
        if (settings.isSet(Setting.SERVER_TOMCAT_MAX_CONNECTIONS)) {
            settings.integer(Setting.SERVER_TOMCAT_MAX_CONNECTIONS);
        }
        environment.getPropertySources().addLast(new MapPropertySource("localDefaults", defaults()));
    }

    private static Map<String, Object> defaults() {
        return Map.of(
                Setting.SERVER_TOMCAT_MAX_CONNECTIONS.property(),
                TomcatCustomizer.maxConnections(Runtime.getRuntime().maxMemory()));
    }

    private static Map<String, Object> properties(SettingsReader settings, Environment environment) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.port", settings.integer(Setting.PORT));
        if (hasDevIssuer(settings)) {
            properties.put("server.address", loopback(settings));
            properties.put(Setting.IDENTITY_JWT_ISSUER.property(), DevIssuer.NAME);
            properties.put(Setting.IDENTITY_JWT_AUDIENCE.property(), DevIssuer.AUDIENCE);
            properties.put(
                    Setting.IDENTITY_JWT_JWK_SET.property(),
                    DevIssuer.in(dataDirectory(environment)).jwkSet());
        } else {
            properties.put("server.address", host(settings, "0.0.0.0"));
        }
        return properties;
    }

    /** Returns how long a request may take to arrive. */
    static Duration requestTimeout(Environment environment) {
        return SettingsReader.of(environment).duration(Setting.SERVER_TOMCAT_CONNECTION_TIMEOUT);
    }

    /** Tells whether the API issues development tokens, because no setting names an issuer. */
    private static boolean hasDevIssuer(SettingsReader settings) {
        String issuer = settings.text(Setting.IDENTITY_JWT_ISSUER);
        if (DevIssuer.NAME.equals(issuer)) {
            throw Setting.IDENTITY_JWT_ISSUER.must(
                    "not be the issuer of development tokens, because any client can get such a token");
        }
        if (issuer == null) {
            refuseSettingsThatNeedAnIssuer(settings);
        }
        return issuer == null;
    }

    private static void refuseSettingsThatNeedAnIssuer(SettingsReader settings) {
        for (Setting other : NEED_AN_ISSUER) {
            if (settings.isSet(other)) {
                throw Setting.IDENTITY_JWT_ISSUER.must("be set, because " + other.variable()
                        + " is set and the server would otherwise accept development tokens");
            }
        }
    }

    private static String loopback(SettingsReader settings) {
        String loopback = "127.0.0.1";
        if (!LOOPBACK.contains(host(settings, loopback))) {
            throw Setting.HOST.must(
                    "be 127.0.0.1, because any other machine could otherwise get development tokens (to serve other"
                            + " machines, set " + Setting.IDENTITY_JWT_ISSUER.variable() + ")");
        }
        return loopback;
    }

    private static String host(SettingsReader settings, String defaultHost) {
        String host = settings.text(Setting.HOST);
        return host == null ? defaultHost : host;
    }
}
