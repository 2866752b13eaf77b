package com.ecommerce.orders.aws.login;

import com.ecommerce.orders.settings.Setting;
import org.jspecify.annotations.Nullable;

/**
 * What this function is to AWS: the credentials of its role. Looked up each time and kept nowhere, since those of before
 * a snapshot are not to be used after it.
 *
 * @param sessionToken {@code null} for credentials that last
 */
record LambdaCredentials(String accessKeyId, String secretAccessKey, @Nullable String sessionToken) {

    /** Lambda names them in the environment, or, where it starts from snapshots, an address on this machine to ask. */
    static LambdaCredentials now() {
        return System.getenv(Setting.AWS_CONTAINER_CREDENTIALS_FULL_URI.variable()) == null
                ? new LambdaCredentials(
                        setting(Setting.AWS_ACCESS_KEY_ID),
                        setting(Setting.AWS_SECRET_ACCESS_KEY),
                        System.getenv(Setting.AWS_SESSION_TOKEN.variable()))
                : SnapshotCredentials.now();
    }

    static String region() {
        return setting(Setting.AWS_REGION);
    }

    /** An empty session token, as some emulators have it, is none. */
    LambdaCredentials {
        sessionToken = sessionToken == null || sessionToken.isEmpty() ? null : sessionToken;
    }

    private static String setting(Setting setting) {
        String value = System.getenv(setting.variable());
        if (value == null || value.isEmpty()) {
            throw new IllegalStateException(setting.variable()
                    + " is missing, which Lambda always sets: a login by IAM or by a secret needs it");
        }
        return value;
    }

    /** Without the secret, which is not for logs. */
    @Override
    public String toString() {
        return "LambdaCredentials[" + accessKeyId + "]";
    }
}
