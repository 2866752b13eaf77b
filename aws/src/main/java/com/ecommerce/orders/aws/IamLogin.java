package com.ecommerce.orders.aws;

import java.time.Duration;
import java.util.Properties;
import org.postgresql.PGProperty;
import org.postgresql.plugin.AuthenticationPlugin;
import org.postgresql.plugin.AuthenticationRequestType;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Logs in to RDS or its proxy by IAM, where {@code DB_URL} names it as {@code authenticationPluginClassName}. The
 * password is a signed address, made here without asking anybody and anew for each connection.
 */
public final class IamLogin implements AuthenticationPlugin {

    private static final Duration VALIDITY = Duration.ofMinutes(15);
    private static final String SCHEME = "https";

    private final Properties connection;

    /** @param connection what the driver knows about the connection that it opens */
    public IamLogin(Properties connection) {
        this.connection = connection;
    }

    @Override
    public char[] getPassword(AuthenticationRequestType type) {
        AwsCredentialsIdentity credentials = FunctionCredentials.now();
        return AwsV4HttpSigner.create()
                .sign(signing -> signing.identity(credentials)
                        .request(address())
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "rds-db")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, FunctionCredentials.region())
                        .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, VALIDITY))
                .request()
                .getUri()
                .toString()
                .substring((SCHEME + "://").length())
                .toCharArray();
    }

    private SdkHttpRequest address() {
        return SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .protocol(SCHEME)
                .host(PGProperty.PG_HOST.getOrDefault(connection))
                .port(Integer.parseInt(PGProperty.PG_PORT.getOrDefault(connection)))
                .encodedPath("/")
                .putRawQueryParameter("Action", "connect")
                .putRawQueryParameter("DBUser", PGProperty.USER.getOrDefault(connection))
                .build();
    }
}
