package com.ecommerce.orders.aws.login;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;

/** The credentials of a function that starts from snapshots. The environment of the function is as old as the snapshot. */
final class ContainerCredentials {

    private ContainerCredentials() {}

    /** Fetches the credentials from the local address in {@code AWS_CONTAINER_CREDENTIALS_FULL_URI}. */
    static LambdaCredentials now() {
        try (ContainerCredentialsProvider container = ContainerCredentialsProvider.create()) {
            AwsCredentials now = container.resolveCredentials();
            return new LambdaCredentials(
                    now.accessKeyId(),
                    now.secretAccessKey(),
                    now instanceof AwsSessionCredentials session ? session.sessionToken() : null);
        }
    }
}
