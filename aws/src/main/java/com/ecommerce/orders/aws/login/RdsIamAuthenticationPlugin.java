package com.ecommerce.orders.aws.login;

import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import org.postgresql.PGProperty;
import org.postgresql.plugin.AuthenticationPlugin;
import org.postgresql.plugin.AuthenticationRequestType;

/**
 * Logs in to RDS or its proxy by IAM, where {@code DB_URL} names it as {@code authenticationPluginClassName}. The
 * password is a presigned address, made here without asking anybody and anew for each connection.
 */
public class RdsIamAuthenticationPlugin implements AuthenticationPlugin {

    private static final Duration VALIDITY = Duration.ofMinutes(15);

    private final Properties connection;

    /** @param connection what the driver knows about the connection that it opens */
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
