package com.ecommerce.orders.azure;

import com.ecommerce.orders.json.StrictJson;
import com.ecommerce.orders.operation.ProblemException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The caller as App Service authentication describes it: base64 of a JSON object with a list of claims. */
final class AzureGatewayClaims {

    private static final String ROLES = "roles";

    /** Long names of claims that App Service authentication may use, and the names in the token. */
    private static final Map<String, String> SHORT_NAMES = Map.of(
            "http://schemas.microsoft.com/identity/claims/tenantid", "tid",
            "http://schemas.microsoft.com/identity/claims/objectidentifier", "oid",
            "http://schemas.microsoft.com/identity/claims/scope", "scp",
            "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress", "preferred_username");

    private AzureGatewayClaims() {}

    /** Returns the claims under the names in the token. Several values of one claim become a list. */
    static @Nullable Map<String, Object> claims(@Nullable String header) {
        if (header == null) {
            return null;
        }
        try {
            JsonNode principal = StrictJson.read(Base64.getDecoder().decode(header));
            return principal.path("claims").isArray() ? single(named(principal)) : null;
        } catch (IllegalArgumentException | ProblemException malformed) {
            return null;
        }
    }

    private static Map<String, Set<String>> named(JsonNode principal) {
        Map<String, Set<String>> values = new LinkedHashMap<>();
        for (JsonNode claim : principal.path("claims")) {
            if (claim.path("typ").isString() && claim.path("val").isString()) {
                add(values, claim.path("typ").asString(), claim.path("val").asString());
            }
        }
        addShortNames(values);
        // The platform names the claim with the roles, but leaves some roles in the token's own claim.
        values.getOrDefault(principal.path("role_typ").asString(""), Set.of())
                .forEach(role -> add(values, ROLES, role));
        return values;
    }

    private static void addShortNames(Map<String, Set<String>> values) {
        SHORT_NAMES.forEach((longName, name) -> {
            if (values.containsKey(longName)) {
                values.putIfAbsent(name, values.get(longName));
            }
        });
    }

    private static void add(Map<String, Set<String>> values, String name, String value) {
        values.computeIfAbsent(name, none -> new LinkedHashSet<>()).add(value);
    }

    private static Map<String, Object> single(Map<String, Set<String>> values) {
        Map<String, Object> claims = new LinkedHashMap<>();
        values.forEach(
                (name, all) -> claims.put(name, all.size() == 1 ? all.iterator().next() : List.copyOf(all)));
        return claims;
    }
}
