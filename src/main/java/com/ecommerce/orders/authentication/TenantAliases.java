package com.ecommerce.orders.authentication;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.json.StrictJson;
import com.ecommerce.orders.operation.ProblemException;
import com.ecommerce.orders.settings.Setting;
import com.ecommerce.orders.settings.SettingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A reader of the tenant aliases, which are one JSON object in a setting. Spring's binding would drop characters from the
 * keys of a map: an alias for {@code org:acme} would also match {@code orgacme}.
 */
final class TenantAliases {

    private TenantAliases() {}

    /**
     * Returns the tenants of this API by the values of the tenant claim.
     *
     * @throws SettingException if the text is not a JSON object of tenants
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
            // Both errors have the same message.
        }
        throw Setting.IDENTITY_TENANTS_ALIAS.invalid();
    }
}
