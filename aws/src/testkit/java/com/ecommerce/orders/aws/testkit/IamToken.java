package com.ecommerce.orders.aws.testkit;

import static java.util.stream.Collectors.toMap;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Map;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * A token that RDS accepts as a password: the presigned URL {@code host:port/?Action=connect&DBUser=...}.
 *
 * @param query the decoded parameters
 */
public record IamToken(String host, Map<String, String> query) {

    private static final Duration AGE = Duration.ofMinutes(1);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssX").withZone(ZoneOffset.UTC);

    public static IamToken parse(String token) {
        String[] parts = token.split("/\\?", 2);
        return new IamToken(
                parts[0],
                Arrays.stream(parts[1].split("&"))
                        .map(pair -> pair.split("=", 2))
                        .collect(toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8))));
    }

    /** Returns the token that AWS's SDK creates. */
    public static IamToken of(
            String host, int port, String user, String region, AwsCredentialsIdentity by, Instant now) {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .protocol("https")
                .host(host)
                .port(port)
                .encodedPath("/")
                .putRawQueryParameter("Action", "connect")
                .putRawQueryParameter("DBUser", user)
                .build();
        Map<String, String> query = AwsV4HttpSigner.create()
                .sign(signing -> signing.identity(by)
                        .request(request)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "rds-db")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, Duration.ofMinutes(15))
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(now, ZoneOffset.UTC)))
                .request()
                .rawQueryParameters()
                .entrySet()
                .stream()
                .collect(toMap(Map.Entry::getKey, entry -> entry.getValue().get(0)));
        return new IamToken(host + ":" + port, query);
    }

    /** Tells whether the token is new, and signed with these credentials for this user and server. */
    public boolean isOf(String user, int port, String region, Map<String, String> credentials) {
        AwsCredentialsIdentity by = AwsSessionCredentialsIdentity.create(
                credentials.get("AWS_ACCESS_KEY_ID"),
                credentials.get("AWS_SECRET_ACCESS_KEY"),
                credentials.get("AWS_SESSION_TOKEN"));
        Instant made = TIME.parse(query.get("X-Amz-Date"), Instant::from);
        return made.isAfter(Instant.now().minus(AGE)) && equals(of("localhost", port, user, region, by, made));
    }
}
