package com.ecommerce.orders.aws.login;

import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import org.postgresql.PGProperty;
import org.postgresql.plugin.AuthenticationPlugin;
import org.postgresql.plugin.AuthenticationRequestType;

/**
 * The login to RDS or its proxy with IAM. {@code DB_URL} names this class as {@code authenticationPluginClassName}. The
 * password is a presigned URL. The plugin creates it for each connection, without a request to AWS.
 */
public class RdsIamAuthenticationPlugin implements AuthenticationPlugin {

    private static final Duration VALIDITY = Duration.ofMinutes(15);

    private final Properties connection;

    /** @param connection the driver's properties of the connection */
    public RdsIamAuthenticationPlugin(Properties connection) {
        this.connection = connection;
    }

    @Override
    public char[] getPassword(AuthenticationRequestType type) {
        return new SigV4PresignedUrl(
                        PGProperty.PG_HOST.getOrDefault(connection) + ":" + PGProperty.PG_PORT.getOrDefault(connection))
                .with("Action", "connect")
                .with("DBUser", PGProperty.USER.getOrDefault(connection))
                .sign("rds-db", LambdaCredentials.region(), LambdaCredentials.now(), Instant.now(), VALIDITY)
                .toCharArray();
    }
}
