package com.ecommerce.orders.identity;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks. Made only from a verified credential.
 *
 * @param tenant whose orders the caller sees
 * @param userId the user's or machine's id at the issuer, not blank, at most
 *     {@link #MAX_USER_LENGTH} characters
 * @param email the user's e-mail address, {@code null} where the credential has none
 * @param permissions what the caller may do
 */
public record Caller(TenantId tenant, String userId, @Nullable String email, Set<Permission> permissions) {

    /** What OpenID Connect allows a subject; much longer ones would not fit into the index of orders by creator. */
    public static final int MAX_USER_LENGTH = 255;

    /** @throws IllegalArgumentException if {@code userId} is blank or too long */
    public Caller {
        if (userId.isBlank() || userId.codePointCount(0, userId.length()) > MAX_USER_LENGTH) {
            throw new IllegalArgumentException("A caller has a user id of 1 to " + MAX_USER_LENGTH + " characters");
        }
        permissions = permissions.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(permissions));
    }

    /** Tells whether this caller has been granted {@code permission}. */
    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }
}
