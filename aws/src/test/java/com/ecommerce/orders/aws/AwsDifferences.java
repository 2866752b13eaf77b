package com.ecommerce.orders.aws;

import com.ecommerce.orders.conformance.Target;

/** Where the platform itself keeps a case of the contract from holding, and why. */
final class AwsDifferences {

    private AwsDifferences() {}

    static Target leaveOut(Target target, ApiKind kind, boolean base64, boolean verifies) {
        return target;
    }
}
