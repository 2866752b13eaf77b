package com.ecommerce.orders.aws.login;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The URL of a {@code GET} whose query contains its signature: AWS Signature Version 4, "Authenticating requests: using
 * query parameters".
 *
 * <p>The class uses only the JDK. AWS's SDK would load 160 classes to sign, at every cold start with a login by IAM. A test
 * compares the signatures with those of the SDK (docs/decisions/0011).
 */
final class SigV4PresignedUrl {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String END_OF_SCOPE = "aws4_request";
    private static final String HMAC = "HmacSHA256";

    private final String host;
    private final StringBuilder query = new StringBuilder();

    /** @param host the host and port, as in the header {@code Host} */
    SigV4PresignedUrl(String host) {
        this.host = host;
    }

    /** Adds a parameter. Callers add parameters in the order of their names, because they are signed in that order. */
    SigV4PresignedUrl with(String name, String value) {
        query.append(query.isEmpty() ? "" : "&").append(name).append('=').append(encode(value));
        return this;
    }

    /** Returns the URL without its scheme. The URL is valid from {@code now} for {@code validity}. Must be called only once. */
    String sign(String service, String region, LambdaCredentials signer, Instant now, Duration validity) {
        // The time in seconds and without punctuation: 20261126T042207Z.
        String time = Instant.ofEpochSecond(now.getEpochSecond())
                .toString()
                .replace("-", "")
                .replace(":", "");
        String day = time.substring(0, time.indexOf('T'));
        String scope = String.join("/", day, region, service, END_OF_SCOPE);
        with("X-Amz-Algorithm", ALGORITHM);
        with("X-Amz-Credential", signer.accessKeyId() + "/" + scope);
        with("X-Amz-Date", time);
        with("X-Amz-Expires", Long.toString(validity.toSeconds()));
        if (signer.sessionToken() != null) {
            with("X-Amz-Security-Token", signer.sessionToken());
        }
        with("X-Amz-SignedHeaders", "host");
        String request = String.join("\n", "GET", "/", query, "host:" + host, "", "host", sha256(""));
        byte[] key = ("AWS4" + signer.secretAccessKey()).getBytes(StandardCharsets.UTF_8);
        for (String part : new String[] {day, region, service, END_OF_SCOPE}) {
            key = hmac(key, part);
        }
        byte[] signature = hmac(key, String.join("\n", ALGORITHM, time, scope, sha256(request)));
        return host + "/?" + query + "&X-Amz-Signature=" + HexFormat.of().formatHex(signature);
    }

    /** Encodes all characters except the unreserved ones of RFC 3986, section 2.3. The JDK alone encodes as for forms. */
    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + HMAC, e);
        }
    }
}
