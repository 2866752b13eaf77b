package com.ecommerce.orders.identity;

import org.jspecify.annotations.Nullable;

/** What a caller may be allowed to do; each is granted by a scope of the credential. */
public enum Permission {
    READ_ORDERS("orders:read"),
    WRITE_ORDERS("orders:write");

    private static final Permission[] ALL = values();

    private final String scope;

    Permission(String scope) {
        this.scope = scope;
    }

    /** The scope's name, as in RFC 6749, section 3.3. */
    public String scope() {
        return scope;
    }

    /**
     * The permission that a scope grants, {@code null} if it grants none. A resource server's prefix
     * ({@code orders-api/orders:read}, as Cognito issues them) is ignored.
     */
    public static @Nullable Permission grantedBy(String scope) {
        int name = scope.lastIndexOf('/') + 1;
        for (Permission permission : ALL) {
            if (scope.length() - name == permission.scope.length() && scope.endsWith(permission.scope)) {
                return permission;
            }
        }
        return null;
    }
}
