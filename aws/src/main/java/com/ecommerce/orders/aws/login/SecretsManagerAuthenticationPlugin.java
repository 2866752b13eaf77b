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
 * Logs in by the password that a secret of Secrets Manager holds, where {@code DB_URL} names it as
 * {@code authenticationPluginClassName} and the secret as {@code secretId}. It is read for each connection, so that a
 * rotated one counts at once.
 */
public class SecretsManagerAuthenticationPlugin implements AuthenticationPlugin {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Properties connection;

    /** @param connection what the driver knows about the connection that it opens */
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
                        .connectionTimeout(PATIENCE)
                        .socketTimeout(PATIENCE))
                .build()) {
            // No connection is left open: it would be one of before a snapshot.
            return secrets.getSecretValue(request ->
                            request.secretId(id).overrideConfiguration(each -> each.putHeader("Connection", "close")))
                    .secretString();
        }
    }
}
