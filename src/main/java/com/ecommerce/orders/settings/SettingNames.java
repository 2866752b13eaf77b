package com.ecommerce.orders.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of settings that start with {@code orders.} or {@code ORDERS_}. Such a setting has a name as a property, with
 * or without hyphens and in any case: {@code orders.identity.jwt.jwk-set}. It also has a name as an environment variable:
 * {@code ORDERS_IDENTITY_JWT_JWKSET}. The key of a setting is the property's name in lower case without hyphens.
 */
final class SettingNames {

    /** Variables that only the tests of the generated clients read. */
    private static final Set<String> OTHERS = Set.of("ORDERS_URL", "ORDERS_TOKEN");

    private static final String PROPERTY = "orders.";
    private static final String VARIABLE = "ORDERS_";
    private static final Setting ALIAS = Setting.IDENTITY_TENANTS_ALIAS;

    private static final Map<String, Setting> BY_KEY = new HashMap<>();

    static {
        for (Setting setting : Setting.values()) {
            BY_KEY.put(setting.key(), setting);
        }
    }

    private final @Nullable Artifact artifact;

    /** @param artifact the artifact that reads the settings; {@code null} in a test without an artifact */
    SettingNames(@Nullable Artifact artifact) {
        this.artifact = artifact;
    }

    /** Returns the key of the property {@code name}. */
    static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "");
    }

    /**
     * Returns the key of the setting that a property sets; {@code null} if the property belongs to another program.
     *
     * @throws SettingException if there is no such setting
     */
    @Nullable
    String keyOfProperty(String name) {
        if (isVariable(name)) {
            if (isExact(name)) {
                return null;
            }
            throw new SettingException(
                    "The setting " + name + " is read from environment variables only; set it as one, or"
                            + " write it as a property, for example " + nearest(name.replace('_', '.')));
        }
        return name.regionMatches(true, 0, PROPERTY, 0, PROPERTY.length()) ? known(key(name), name) : null;
    }

    /**
     * Returns the key of the setting that an environment variable sets; {@code null} if the variable belongs to another
     * program.
     *
     * @throws SettingException if there is no such setting
     */
    @Nullable
    String keyOfVariable(String name) {
        if (!isVariable(name)) {
            return keyOfProperty(name);
        }
        if (isExact(name) || isServiceLink(name)) {
            return null;
        }
        // Spring reads only some names in lower case.
        return known(name.equals(name.toUpperCase(Locale.ROOT)) ? withIndex(name) : name, name);
    }

    /** Returns the key of a variable. A number at its end is the index of a list. */
    private static String withIndex(String variable) {
        String key = variable.toLowerCase(Locale.ROOT).replace('_', '.');
        int last = key.lastIndexOf('.');
        return isNumber(key, last + 1, key.length())
                ? key.substring(0, last) + "[" + key.substring(last + 1) + "]"
                : key;
    }

    private static boolean isVariable(String name) {
        return name.regionMatches(true, 0, VARIABLE, 0, VARIABLE.length());
    }

    /** Tells whether the name has only this form in all sources of properties. */
    private boolean isExact(String name) {
        Setting setting = BY_KEY.get(key(name));
        if (setting != null && setting.property().equals(name)) {
            checkArtifact(setting, name);
            return true;
        }
        return OTHERS.contains(name);
    }

    /** Tells whether Kubernetes sets the variable for a service, which may have a name such as orders or orders-db. */
    private static boolean isServiceLink(String name) {
        return name.endsWith("_SERVICE_HOST")
                || name.contains("_SERVICE_PORT")
                || name.endsWith("_PORT")
                || name.contains("_PORT_");
    }

    private String known(String key, String name) {
        refuseOldAlias(key, name);
        int index = key.indexOf('[');
        Setting setting = BY_KEY.get(index < 0 ? key : key.substring(0, index));
        if (setting == null || index >= 0 && !(setting.type() == SettingType.LIST && isIndex(key, index))) {
            throw new SettingException("The setting " + name + " is unknown; the nearest one is " + nearest(name)
                    + ": use that name, or remove the setting");
        }
        checkArtifact(setting, name);
        return key;
    }

    private static void refuseOldAlias(String key, String name) {
        if (key.startsWith(ALIAS.key() + ".") || key.startsWith(ALIAS.key() + "[")) {
            throw new SettingException(
                    "The setting " + name + " is not read any more; name all tenants in one JSON object,"
                            + " for example " + ALIAS.variable() + "={\"<value of the claim>\":\"<tenant>\"}");
        }
    }

    private void checkArtifact(Setting setting, String name) {
        if (artifact != null && !setting.artifacts().contains(artifact)) {
            throw new SettingException(
                    "The setting " + name + " has no effect in " + artifact.title() + ". Remove the setting.");
        }
    }

    private boolean isRead(Setting setting) {
        return artifact == null || setting.artifacts().contains(artifact);
    }

    /** Returns the most similar name, in the form of {@code name}. */
    private String nearest(String name) {
        boolean isProperty = name.indexOf('.') >= 0;
        List<String> candidates = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            String candidate = isProperty ? setting.property() : setting.variable();
            if (isRead(setting) && candidate.startsWith(isProperty ? PROPERTY : VARIABLE)) {
                candidates.add(candidate);
            }
        }
        return NearestName.of(isProperty ? name.toLowerCase(Locale.ROOT) : name.toUpperCase(Locale.ROOT), candidates);
    }

    private static boolean isIndex(String key, int at) {
        return key.endsWith("]") && isNumber(key, at + 1, key.length() - 1);
    }

    /** Tells whether the text is an index of a list: a number without zeros in front. */
    private static boolean isNumber(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return from < to && (text.charAt(from) != '0' || to == from + 1);
    }
}
