package com.ecommerce.orders.azure;

import com.ecommerce.orders.conformance.Target;

/**
 * The cases of the contract that Azure's platform answers otherwise, before our code can. All of them are paths that no
 * client of ours sends, and none of them leads past a check: the host rewrites the path, and what it makes of it is
 * answered as if it had been sent.
 */
final class PlatformDifferences {

    private static final String DOTS =
            "the host's server removes dot segments, encoded ones too, and serves what is left";
    private static final String TWICE =
            "the host decodes the path and gives the worker a URL in which what then looks like an escape is not escaped"
                    + " again, so that a path that is encoded twice is decoded twice";

    private PlatformDifferences() {}

    static Target of(Target target) {
        return target.answering("doesNotFindAPathWithDotsThatClimb", 200, DOTS)
                .answering("doesNotFindAPathWithEncodedDots", 200, DOTS)
                .answering("doesNotFindAPathThatIsEncodedTwice", 200, TWICE);
    }
}
