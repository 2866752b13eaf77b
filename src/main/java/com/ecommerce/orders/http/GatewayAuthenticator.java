package com.ecommerce.orders.http;

import com.ecommerce.orders.identity.Caller;
import java.util.Map;

/** Trusts the claims that the platform's gateway has verified. Only for functions that nobody reaches around it. */
final class GatewayAuthenticator implements Authenticator {

    private final CallerReader callers;

    GatewayAuthenticator(CallerReader callers) {
        this.callers = callers;
    }

    @Override
    public Caller authenticate(ApiRequest request) {
        Map<String, Object> claims = request.platformClaims();
        if (claims == null) {
            throw Authenticator.refuse("The gateway vouched for nobody; call the API by its gateway, with a token");
        }
        return callers.read(claims);
    }
}
