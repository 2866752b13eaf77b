package com.ecommerce.orders.aws.login;

import com.ecommerce.orders.json.StrictJson;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.plugin.AuthenticationPlugin;
import org.postgresql.plugin.AuthenticationRequestType;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The login with a password from Secrets Manager. {@code DB_URL} names this class as {@code authenticationPluginClassName}
 * and the secret as {@code secretId}. The secret is read for each connection, so a rotated secret is used at once.
 */
public class SecretsManagerAuthenticationPlugin implements AuthenticationPlugin {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Properties connection;

    /** @param connection the driver's properties of the connection */
    public SecretsManagerAuthenticationPlugin(Properties connection) {
        this.connection = connection;
    }

    @Override
    public char[] getPassword(AuthenticationRequestType type) {
        String secret = read(connection.getProperty("secretId"));
        return StrictJson.readTrusted(secret).path("password").stringValue().toCharArray();
    }

    private static AwsCredentials credentials() {
        LambdaCredentials now = LambdaCredentials.now();
        return now.sessionToken() == null
                ? AwsBasicCredentials.create(now.accessKeyId(), now.secretAccessKey())
                : AwsSessionCredentials.create(now.accessKeyId(), now.secretAccessKey(), now.sessionToken());
    }

    private static String read(String id) {
        try (SecretsManagerClient secrets = SecretsManagerClient.builder()
                .region(Region.of(LambdaCredentials.region()))
                .credentialsProvider(SecretsManagerAuthenticationPlugin::credentials)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(TIMEOUT)
                        .socketTimeout(TIMEOUT))
                .build()) {
            // The connection is closed. Otherwise it would still be open after a restore from a snapshot.
            return secrets.getSecretValue(request ->
                            request.secretId(id).overrideConfiguration(each -> each.putHeader("Connection", "close")))
                    .secretString();
        }
    }
}
