package com.ecommerce.orders.azure;

import com.ecommerce.orders.conformance.Target;

/**
 * The cases of the contract that Azure's platform answers otherwise, before our code can. All of them are paths that no
 * client of ours sends, and none of them leads past a check: the host rewrites the path, and what it makes of it is
 * answered as if it had been sent.
 */
final class PlatformDifferences {

    private static final String DOTS = "The host removes dot segments, also encoded ones, before it routes the request";
    private static final String TWICE =
            "The host decodes the path and gives the worker a URL in which what then looks like an escape is not escaped"
                    + " again, so that a path that is encoded twice is decoded twice";

    private PlatformDifferences() {}

    static Target leftOut(Target target) {
        return target.without("doesNotFindAPathWithDotsThatClimb", DOTS)
                .without("doesNotFindAPathWithEncodedDots", DOTS)
                .without("doesNotFindAPathThatIsEncodedTwice", TWICE);
    }
}
