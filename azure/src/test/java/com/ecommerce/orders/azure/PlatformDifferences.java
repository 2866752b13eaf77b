package com.ecommerce.orders.azure;

import com.ecommerce.orders.conformance.Target;

/**
 * The cases of the contract for which Azure's platform gives a different response. The host rewrites the path before the API
 * sees it, and the API responds to the rewritten path. Usual clients send no such paths, and no path gets around a check.
 */
final class PlatformDifferences {

    private static final String DOTS =
            "the host's server removes dot segments, encoded ones too, and serves what is left";
    private static final String TWICE = "the host decodes the path once and does not encode the result again"
            + " again, so that a path that is encoded twice is decoded twice";

    private PlatformDifferences() {}

    static Target of(Target target) {
        return target.answering("doesNotFindAPathWithDotsThatClimb", 200, DOTS)
                .answering("doesNotFindAPathWithEncodedDots", 200, DOTS)
                .answering("doesNotFindAPathThatIsEncodedTwice", 200, TWICE);
    }
}
