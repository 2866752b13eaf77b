package com.ecommerce.orders.identity;

import java.util.Optional;

/** What a caller may be allowed to do; each is granted by a scope of the credential. */
public enum Permission {
    READ_ORDERS("orders:read"),
    WRITE_ORDERS("orders:write");

    private final String scope;

    Permission(String scope) {
        this.scope = scope;
    }

    /** The scope's name, as in RFC 6749, section 3.3. */
    public String scope() {
        return scope;
    }

    /**
     * The permission that a scope grants, if any. A resource server's prefix ({@code orders-api/orders:read}, as
     * Cognito issues them) is ignored.
     */
    public static Optional<Permission> grantedBy(String scope) {
        String name = scope.substring(scope.lastIndexOf('/') + 1);
        for (Permission permission : values()) {
            if (permission.scope.equals(name)) {
                return Optional.of(permission);
            }
        }
        return Optional.empty();
    }
}
