package com.ecommerce.orders.authentication;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.Authenticator;
import com.ecommerce.orders.identity.Caller;
import java.util.Map;

/**
 * An authenticator that trusts the claims of the platform's gateway. It is safe only if no client can bypass the gateway.
 */
final class GatewayAuthenticator implements Authenticator {

    private final ClaimsMapper claimsMapper;

    GatewayAuthenticator(ClaimsMapper claimsMapper) {
        this.claimsMapper = claimsMapper;
    }

    @Override
    public Caller authenticate(ApiRequest request) {
        Map<String, Object> claims = request.platformClaims();
        if (claims == null) {
            String detail = "The gateway has verified no token. Call the API through its gateway, with a token.";
            throw Authenticator.bearerToken(request) == null
                    ? Authenticator.missing(detail)
                    : Authenticator.invalid(detail);
        }
        return claimsMapper.read(claims);
    }
}
