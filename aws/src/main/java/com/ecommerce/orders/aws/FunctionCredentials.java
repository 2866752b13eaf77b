package com.ecommerce.orders.aws;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;

/**
 * What this function is to AWS: the credentials of its role. Looked up each time and kept nowhere, since those of before
 * a snapshot are not to be used after it.
 */
final class FunctionCredentials {

    private FunctionCredentials() {}

    /** Lambda names them in the environment, or, where it starts from snapshots, an address on this machine to ask. */
    static AwsCredentials now() {
        if (System.getenv("AWS_CONTAINER_CREDENTIALS_FULL_URI") == null) {
            return EnvironmentVariableCredentialsProvider.create().resolveCredentials();
        }
        try (ContainerCredentialsProvider container = ContainerCredentialsProvider.create()) {
            return container.resolveCredentials();
        }
    }

    /** @throws IllegalStateException if this is not Lambda, which always names it */
    static String region() {
        String region = System.getenv("AWS_REGION");
        if (region == null) {
            throw new IllegalStateException("AWS_REGION is missing: a login by IAM or by a secret needs it");
        }
        return region;
    }
}
