package com.ecommerce.orders.http;

import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.operation.ProblemCode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Port: verifies the credential of a request and returns the caller. The caller's identity comes only from here. */
public interface Authenticator {

    String SCHEME = "Bearer ";

    /** @throws HttpProblemException if there is no credential, or it is not valid */
    Caller authenticate(ApiRequest request);

    /** Returns the request's bearer token (RFC 6750, section 2.1), {@code null} if it has none. */
    static @Nullable String bearerToken(ApiRequest request) {
        String header = request.header("authorization");
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        String token = header.substring(SCHEME.length()).strip();
        return token.isEmpty() ? null : token;
    }

    /** Returns the problem of a credential that can't be verified now. */
    static HttpProblemException unavailable(String detail) {
        return new HttpProblemException(ProblemCode.UNAVAILABLE, detail);
    }

    /** Returns the problem of a request without a credential. */
    static HttpProblemException missing(String detail) {
        return new HttpProblemException(ProblemCode.UNAUTHENTICATED, detail);
    }

    /** Returns the problem of a credential that is not valid, with the challenge of RFC 6750, section 3.1. */
    static HttpProblemException invalid(String detail) {
        return new HttpProblemException(ProblemDocument.of(
                ProblemCode.UNAUTHENTICATED, detail, Map.of("WWW-Authenticate", "Bearer error=\"invalid_token\"")));
    }
}
