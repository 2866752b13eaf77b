package com.ecommerce.orders.authentication;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.json.StrictJson;
import com.ecommerce.orders.order.ProblemException;
import com.ecommerce.orders.settings.Setting;
import com.ecommerce.orders.settings.SettingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Reads the names of tenants from the one JSON object of a setting. Spring's binding would drop characters from the keys of
 * a map, so that an alias for {@code org:acme} would let in {@code orgacme} as well.
 */
final class TenantAliases {

    private TenantAliases() {}

    /**
     * Returns our names of tenants by values of the tenant claim.
     *
     * @throws SettingException if the text is not an object of tenants
     */
    static Map<String, String> read(String json) {
        Map<String, String> aliases = new HashMap<>();
        for (Map.Entry<String, JsonNode> alias : object(json).properties()) {
            String tenant = alias.getValue().stringValue("");
            if (alias.getKey().isBlank() || !TenantId.isValid(tenant)) {
                throw Setting.IDENTITY_TENANTS_ALIAS.must(
                        "give each value of the claim a tenant of 1 to " + TenantId.MAX_LENGTH + " characters");
            }
            aliases.put(alias.getKey(), tenant);
        }
        return aliases;
    }

    private static JsonNode object(String json) {
        try {
            JsonNode object = StrictJson.read(json.getBytes(StandardCharsets.UTF_8));
            if (object.isObject() && !object.isEmpty()) {
                return object;
            }
        } catch (ProblemException malformed) {
            // The message says the same of both.
        }
        throw Setting.IDENTITY_TENANTS_ALIAS.invalid();
    }
}
