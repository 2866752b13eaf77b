package com.ecommerce.orders.identity;

import org.jspecify.annotations.Nullable;

/** A permission of a caller. A scope of the credential grants it. */
public enum Permission {
    READ_ORDERS("orders:read"),
    WRITE_ORDERS("orders:write"),
    WRITE_PAYMENTS("payments:write"),
    WRITE_FULFILLMENTS("fulfillments:write");

    private static final Permission[] ALL = values();

    private final String scope;

    Permission(String scope) {
        this.scope = scope;
    }

    /** Returns the name of the scope, as in RFC 6749, section 3.3. */
    public String scope() {
        return scope;
    }

    /**
     * Returns the permission that a scope grants; {@code null} if the scope grants no permission. The prefix of a resource
     * server is ignored: Cognito issues {@code orders-api/orders:read}.
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
