package com.ecommerce.orders.http;

import com.ecommerce.orders.identity.Caller;

/** Port: makes a caller of a request's credential. The one way in: nothing else of a request names its caller. */
interface Authenticator {

    /** @throws ProblemException if there is no credential, or it is not valid */
    Caller authenticate(ApiRequest request);

    /** The answer to a request without a valid credential. */
    static ProblemException refuse(String detail) {
        return new ProblemException(ProblemType.UNAUTHENTICATED, detail);
    }
}
