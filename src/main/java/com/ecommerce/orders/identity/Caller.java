package com.ecommerce.orders.identity;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks. Made only from a verified credential.
 *
 * @param tenant whose orders the caller sees
 * @param userId the user's or machine's id at the issuer, not blank
 * @param email the user's e-mail address, {@code null} where the credential has none
 * @param permissions what the caller may do
 */
public record Caller(TenantId tenant, String userId, @Nullable String email, Set<Permission> permissions) {

    /** @throws IllegalArgumentException if {@code userId} is blank */
    public Caller {
        if (userId.isBlank()) {
            throw new IllegalArgumentException("A caller has a user id");
        }
        permissions = Set.copyOf(permissions);
    }

    /** Tells whether this caller has been granted {@code permission}. */
    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }
}
