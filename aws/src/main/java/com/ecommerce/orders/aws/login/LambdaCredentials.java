package com.ecommerce.orders.aws.login;

import com.ecommerce.orders.settings.Setting;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of the Lambda role. They are never cached: credentials from before a snapshot must not be used after a
 * restore.
 *
 * @param sessionToken the session token, or {@code null} for credentials that do not expire
 */
record LambdaCredentials(String accessKeyId, String secretAccessKey, @Nullable String sessionToken) {

    /** Returns the current credentials. Lambda sets them in the environment or, with snapshots, serves them at a local address. */
    static LambdaCredentials now() {
        return System.getenv(Setting.AWS_CONTAINER_CREDENTIALS_FULL_URI.variable()) == null
                ? new LambdaCredentials(
                        setting(Setting.AWS_ACCESS_KEY_ID),
                        setting(Setting.AWS_SECRET_ACCESS_KEY),
                        System.getenv(Setting.AWS_SESSION_TOKEN.variable()))
                : ContainerCredentials.now();
    }

    static String region() {
        return setting(Setting.AWS_REGION);
    }

    /** Treats an empty session token, which some emulators set, as no token. */
    LambdaCredentials {
        sessionToken = sessionToken == null || sessionToken.isEmpty() ? null : sessionToken;
    }

    private static String setting(Setting setting) {
        String value = System.getenv(setting.variable());
        if (value == null || value.isEmpty()) {
            throw new IllegalStateException(setting.variable()
                    + " is missing. A login with IAM or with a secret needs this variable, and Lambda always sets it.");
        }
        return value;
    }

    /** Returns a text without the secret. */
    @Override
    public String toString() {
        return "LambdaCredentials[" + accessKeyId + "]";
    }
}
