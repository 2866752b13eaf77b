package com.ecommerce.orders.local;

import com.ecommerce.orders.settings.SettingException;
import com.ecommerce.orders.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/** Decides from the settings of the local adapter, before anything starts. */
final class LocalSettings {

    private static final String ISSUER = "orders.identity.jwt.issuer";
    private static final String ISSUER_EXAMPLE = "https://login.example.org/";
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

    private LocalSettings() {}

    /** Returns the folder of the data and of the development key. */
    static Path dataDirectory(Environment environment) {
        String directory = environment.getProperty("ORDERS_DATA_DIR", "");
        return Path.of(directory.isBlank() ? ".data" : directory);
    }

    /** Without a database of the operator's own, it is ours. */
    static boolean hasEmbeddedDatabase(Environment environment) {
        return environment.getProperty("DB_URL", "").isBlank();
    }

    /** Sets where to listen and whose tokens to trust. */
    static void apply(ConfigurableEnvironment environment) {
        Settings settings = Settings.of(environment);
        String mode = settings.text("orders.identity.mode", "jwt");
        if (mode != null && mode.strip().equalsIgnoreCase("gateway")) {
            throw new SettingException(
                    "ORDERS_IDENTITY_MODE",
                    "must be jwt for the local server, since it stands behind no gateway",
                    "jwt");
        }
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.port", port(environment));
        if (hasDevIssuer(settings)) {
            properties.put("server.address", loopback(environment));
            properties.put(ISSUER, DevIssuer.NAME);
            properties.put("orders.identity.jwt.audience", DevIssuer.AUDIENCE);
            properties.put(
                    "orders.identity.jwt.jwk-set",
                    DevIssuer.in(dataDirectory(environment)).jwkSet());
        } else {
            properties.put("server.address", environment.getProperty("HOST", "0.0.0.0"));
        }
        environment.getPropertySources().addFirst(new MapPropertySource("localSettings", properties));
        int connections = TomcatCustomizer.maxConnections(Runtime.getRuntime().maxMemory());
        environment
                .getPropertySources()
                .addLast(new MapPropertySource("localDefaults", Map.of("server.tomcat.max-connections", connections)));
    }

    /** Returns how long a request may take to arrive. */
    static Duration requestTimeout(Environment environment) {
        return environment.getProperty("server.tomcat.connection-timeout", Duration.class, Duration.ofSeconds(20));
    }

    /** Tells whether the operator names no issuer, so that tokens are ours. */
    private static boolean hasDevIssuer(Settings settings) {
        String issuer = settings.text(ISSUER, ISSUER_EXAMPLE);
        if (DevIssuer.NAME.equals(issuer)) {
            throw new SettingException(
                    "ORDERS_IDENTITY_JWT_ISSUER",
                    "must not be the issuer of development tokens, who would serve everybody",
                    ISSUER_EXAMPLE);
        }
        if (issuer != null) {
            return false;
        }
        for (String other : List.of("audience", "jwk-set-uri", "jwk-set")) {
            if (settings.text("orders.identity.jwt." + other, "...") != null) {
                throw new SettingException(
                        "ORDERS_IDENTITY_JWT_ISSUER",
                        "must be set where another ORDERS_IDENTITY_JWT_* is; without it, development tokens would be taken",
                        ISSUER_EXAMPLE);
            }
        }
        return true;
    }

    private static String loopback(Environment environment) {
        String host = environment.getProperty("HOST", "127.0.0.1");
        if (!LOOPBACK.contains(host)) {
            throw new SettingException(
                    "HOST",
                    "must be 127.0.0.1 as long as development tokens are handed out; to serve others, set"
                            + " ORDERS_IDENTITY_JWT_ISSUER",
                    "127.0.0.1");
        }
        return "127.0.0.1";
    }

    private static String port(Environment environment) {
        String port = environment.getProperty("PORT", "8080");
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
            throw new SettingException("PORT", "must be a port number from 0 to 65535", "8080");
        }
        return port;
    }
}
