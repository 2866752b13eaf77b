package com.ecommerce.orders.settings;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of all settings that begin with {@code orders.}. A setting has one name as a property
 * ({@code orders.identity.jwt.jwk-set}), with or without hyphens and in any case, and one as an environment variable
 * ({@code ORDERS_IDENTITY_JWT_JWKSET}); its key is the property's name in lower case without hyphens.
 */
final class SettingNames {

    /** To add a setting, add a line; {@code []} marks a list. */
    private static final String[] KNOWN = {
        "orders.cache.ttl",
        "orders.cache.url",
        "orders.cors.origins[]",
        "orders.http.base-path",
        "orders.identity.claims.email[]",
        "orders.identity.claims.scopes[]",
        "orders.identity.claims.tenant[]",
        "orders.identity.claims.user[]",
        "orders.identity.gateway.header",
        "orders.identity.jwt.audience",
        "orders.identity.jwt.issuer",
        "orders.identity.jwt.jwk-set",
        "orders.identity.jwt.jwk-set-uri",
        "orders.identity.mode",
        "orders.identity.tenants.alias",
        "orders.identity.tenants.allowed[]",
        "orders.telemetry.endpoint",
        "orders.telemetry.interval",
    };

    /** Read by this very name from any source; the last two by the tests of the generated clients, not by the API. */
    private static final Set<String> OTHERS = Set.of("ORDERS_DATA_DIR", "ORDERS_URL", "ORDERS_TOKEN");

    private static final String PROPERTY = "orders.";
    private static final String VARIABLE = "ORDERS_";
    private static final String LIST = "[]";
    private static final String ALIAS = "orders.identity.tenants.alias";

    /** The names as they are listed above, by their keys. */
    private static final Map<String, String> NAMES = new HashMap<>();

    static {
        for (String name : KNOWN) {
            NAMES.put(key(name.replace(LIST, "")), name);
        }
    }

    private SettingNames() {}

    /** Returns the key of the property {@code name}. */
    static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "");
    }

    /** Returns the environment variable for the property {@code name}. */
    static String variable(String name) {
        return key(name).toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /**
     * Returns the key of the setting that a property sets, {@code null} if it is none of ours.
     *
     * @throws SettingException if there is no such setting
     */
    static @Nullable String keyOfProperty(String name) {
        if (name.regionMatches(true, 0, VARIABLE, 0, VARIABLE.length()) && !OTHERS.contains(name)) {
            String property = NearestName.of(name.toLowerCase(Locale.ROOT).replace('_', '.'), KNOWN);
            throw new SettingException(
                    "The setting " + name + " is read from environment variables only; set it as one, or"
                            + " write it as a property, for example " + property);
        }
        return name.regionMatches(true, 0, PROPERTY, 0, PROPERTY.length()) ? known(key(name), name) : null;
    }

    /**
     * Returns the key of the setting that an environment variable sets, {@code null} if it is none of ours.
     *
     * @throws SettingException if there is no such setting
     */
    static @Nullable String keyOfVariable(String name) {
        if (!name.regionMatches(true, 0, VARIABLE, 0, VARIABLE.length())) {
            return keyOfProperty(name);
        }
        if (OTHERS.contains(name) || isServiceLink(name)) {
            return null;
        }
        String key = name.toLowerCase(Locale.ROOT).replace('_', '.');
        int last = key.lastIndexOf('.');
        if (isNumber(key, last + 1, key.length())) {
            key = key.substring(0, last) + "[" + key.substring(last + 1) + "]";
        }
        // Spring reads some names in lower case as well, and others not.
        return known(name.equals(name.toUpperCase(Locale.ROOT)) ? key : name, name);
    }

    /** Kubernetes sets such variables for each service, and a service may well be called orders or orders-db. */
    private static boolean isServiceLink(String name) {
        return name.endsWith("_SERVICE_HOST")
                || name.contains("_SERVICE_PORT")
                || name.endsWith("_PORT")
                || name.contains("_PORT_");
    }

    private static String known(String key, String name) {
        if (key.startsWith(ALIAS + ".") || key.startsWith(ALIAS + "[")) {
            throw new SettingException(
                    "The setting " + name + " is not read any more; name all tenants in one JSON object,"
                            + " for example " + variable(ALIAS) + "={\"<value of the claim>\":\"<tenant>\"}");
        }
        int index = key.indexOf('[');
        String found = NAMES.get(index < 0 ? key : key.substring(0, index));
        if (found == null || index >= 0 && !(found.endsWith(LIST) && isIndex(key, index))) {
            throw new SettingException("The setting " + name + " is unknown; the nearest one is "
                    + NearestName.of(name, KNOWN) + ": use that name, or remove the setting");
        }
        return key;
    }

    private static boolean isIndex(String key, int at) {
        return key.endsWith("]") && isNumber(key, at + 1, key.length() - 1);
    }

    /** A number as a list counts: without zeros in front. */
    private static boolean isNumber(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return from < to && (text.charAt(from) != '0' || to == from + 1);
    }
}
