package com.ecommerce.orders.aws.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.aws.testkit.IamToken;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

class SigV4PresignedUrlTest {

    private static final String HOST = "orders.proxy-c1.eu-central-1.rds.amazonaws.com";
    private static final String REGION = "eu-central-1";

    /** The inputs avoid port 443, which the SDK omits, and white space around credentials, which the SDK removes. */
    @Property(tries = 300)
    void isSignedLikeThatOfAwsSdk(
            @ForAll @IntRange(min = 1024, max = 65_535) int port,
            @ForAll @NotBlank String user,
            @ForAll @AlphaChars @NumericChars @StringLength(min = 1, max = 20) String accessKeyId,
            @ForAll @NotBlank String secret,
            @ForAll @NotBlank String sessionToken,
            @ForAll @LongRange(min = 0, max = 4_000_000_000_000L) long millis) {
        Instant now = Instant.ofEpochMilli(millis);
        IamToken made = IamToken.parse(address(port, user)
                .sign(
                        "rds-db",
                        REGION,
                        new LambdaCredentials(accessKeyId, secret.trim(), sessionToken.trim()),
                        now,
                        Duration.ofMinutes(15)));
        AwsSessionCredentialsIdentity same = AwsSessionCredentialsIdentity.builder()
                .accessKeyId(accessKeyId)
                .secretAccessKey(secret)
                .sessionToken(sessionToken)
                .build();
        assertThat(made).isEqualTo(IamToken.of(HOST, port, user, REGION, same, now));
    }

    @Test
    void omitsTheSessionTokenIfThereIsNone() {
        Instant now = Instant.parse("2026-11-26T04:22:07.999Z");
        String made = address(5432, "orders_api")
                .sign(
                        "rds-db",
                        REGION,
                        new LambdaCredentials("AKIAEXAMPLE", "example", null),
                        now,
                        Duration.ofMinutes(15));
        assertThat(made)
                .startsWith(HOST + ":5432/?Action=connect&DBUser=orders_api&X-Amz-Algorithm=AWS4-HMAC-SHA256"
                        + "&X-Amz-Credential=AKIAEXAMPLE%2F20261126%2Feu-central-1%2Frds-db%2Faws4_request"
                        + "&X-Amz-Date=20261126T042207Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host&X-Amz-Signature=")
                .doesNotContain("X-Amz-Security-Token");
        AwsCredentialsIdentity same = AwsCredentialsIdentity.create("AKIAEXAMPLE", "example");
        assertThat(IamToken.parse(made)).isEqualTo(IamToken.of(HOST, 5432, "orders_api", REGION, same, now));
    }

    private static SigV4PresignedUrl address(int port, String user) {
        return new SigV4PresignedUrl(HOST + ":" + port)
                .with("Action", "connect")
                .with("DBUser", user);
    }
}
