package com.ecommerce.orders.authentication;

import com.ecommerce.orders.http.Authenticator;
import com.ecommerce.orders.http.HttpProblemException;
import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.identity.Permission;
import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.json.StrictJson;
import com.ecommerce.orders.settings.ClaimSettings;
import com.ecommerce.orders.settings.IdentitySettings;
import com.ecommerce.orders.settings.SettingException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A mapper from verified claims to a caller. */
final class ClaimsMapper {

    private final ClaimSettings names;
    private final List<String> allowedTenants;
    private final Map<String, String> aliases;

    /** @throws SettingException if the aliases of tenants can't be read */
    ClaimsMapper(IdentitySettings settings) {
        this.names = settings.claims();
        this.allowedTenants = settings.tenants().allowed();
        String alias = settings.tenants().alias();
        this.aliases = alias == null ? Map.of() : TenantAliases.read(alias);
    }

    /** @throws HttpProblemException if the claims have no user, or no tenant of this API */
    Caller read(Map<String, ?> claims) {
        Object use = claims.get("token_use");
        if (use != null && !use.equals("access")) {
            throw Authenticator.invalid("The token is not an access token. Send the access token.");
        }
        return new Caller(tenant(claims), user(claims), text(claims, names.email()), permissions(claims));
    }

    private TenantId tenant(Map<String, ?> claims) {
        String claimed = text(claims, names.tenant());
        if (claimed == null || !(allowedTenants.isEmpty() || allowedTenants.contains(claimed))) {
            throw Authenticator.invalid("The token names no tenant of this API. Get a token with the claim "
                    + String.join(" or ", names.tenant()) + ".");
        }
        String tenant = aliases.getOrDefault(claimed, claimed);
        if (!TenantId.isValid(tenant)) {
            throw Authenticator.invalid("The token's tenant must have 1 to " + TenantId.MAX_LENGTH + " characters");
        }
        return new TenantId(tenant);
    }

    private String user(Map<String, ?> claims) {
        String user = text(claims, names.user());
        if (user == null || user.isBlank()) {
            throw Authenticator.invalid(
                    "The token names no user. Get a token with the claim " + String.join(" or ", names.user()) + ".");
        }
        if (user.codePointCount(0, user.length()) > Caller.MAX_USER_LENGTH) {
            throw Authenticator.invalid("The token's user must have at most " + Caller.MAX_USER_LENGTH + " characters");
        }
        return user;
    }

    private Set<Permission> permissions(Map<String, ?> claims) {
        Object scopes = first(claims, names.scopes());
        EnumSet<Permission> permissions = EnumSet.noneOf(Permission.class);
        if (scopes instanceof Collection<?> list) {
            for (Object scope : list) {
                grant(permissions, String.valueOf(scope));
            }
        } else if (scopes instanceof String list) {
            for (String scope : list.split(" ")) {
                grant(permissions, scope);
            }
        }
        return permissions;
    }

    private static void grant(Set<Permission> permissions, String scope) {
        Permission granted = Permission.grantedBy(scope);
        if (granted != null) {
            permissions.add(granted);
        }
    }

    private static @Nullable String text(Map<String, ?> claims, List<String> names) {
        return first(claims, names) instanceof String text && StrictJson.isStorable(text) ? text : null;
    }

    private static @Nullable Object first(Map<String, ?> claims, List<String> names) {
        for (String name : names) {
            Object value = find(claims, name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** Finds the claim with exactly this name. Otherwise each dot in the name leads into a nested claim. */
    private static @Nullable Object find(Map<?, ?> claims, String name) {
        Object exact = claims.get(name);
        int dot = name.indexOf('.');
        if (exact != null || dot < 0) {
            return exact;
        }
        return claims.get(name.substring(0, dot)) instanceof Map<?, ?> nested
                ? find(nested, name.substring(dot + 1))
                : null;
    }
}
