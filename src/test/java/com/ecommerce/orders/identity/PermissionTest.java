package com.ecommerce.orders.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders:write",
                "orders-api/orders:write",
                "https://api.example.org/orders:write",
                "/orders:write"
            })
    void aScopeGrantsWithAResourceServersPrefixOrWithout(String scope) {
        assertThat(Permission.grantedBy(scope)).isEqualTo(Permission.WRITE_ORDERS);
    }

    @Test
    void eachPermissionHasItsOwnScope() {
        for (Permission permission : Permission.values()) {
            assertThat(Permission.grantedBy("orders-api/" + permission.scope())).isEqualTo(permission);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "orders",
                "orders:write/",
                "xorders:write",
                "orders-api:orders:write",
                "a/xorders:write",
                "orders:write ",
                "ORDERS:WRITE",
                "orders:writes",
                "payments:read",
                "fulfillments:read",
                "orders:write/x"
            })
    void whatOnlyLooksLikeAScopeGrantsNothing(String scope) {
        assertThat(Permission.grantedBy(scope)).isNull();
    }
}
