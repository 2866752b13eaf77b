package com.ecommerce.orders.identity;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The caller of a request. A caller is only created from a verified credential.
 *
 * @param tenant the tenant whose orders the caller sees
 * @param userId the id of the user or machine at the issuer; not blank, at most {@link #MAX_USER_LENGTH} characters
 * @param email the user's e-mail address; {@code null} if the credential has no address
 * @param permissions the permissions that the credential grants
 */
public record Caller(TenantId tenant, String userId, @Nullable String email, Set<Permission> permissions) {

    /** The limit of OpenID Connect for a subject. Much longer ids would not fit into the index of orders by creator. */
    public static final int MAX_USER_LENGTH = 255;

    /** @throws IllegalArgumentException if {@code userId} is blank or too long */
    public Caller {
        if (userId.isBlank() || userId.codePointCount(0, userId.length()) > MAX_USER_LENGTH) {
            throw new IllegalArgumentException("A user id must have 1 to " + MAX_USER_LENGTH + " characters");
        }
        permissions = permissions.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(permissions));
    }

    /** Tells whether this caller has {@code permission}. */
    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }
}
