package com.ecommerce.orders.aws;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A token as RDS takes it for a password: the address {@code host:port/?Action=connect&DBUser=...}, presigned by AWS's
 * Signature Version 4. Checked after its specification, not by the library that makes it.
 */
record IamToken(String host, TreeMap<String, String> query) {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String SIGNATURE = "X-Amz-Signature";

    static IamToken parse(String token) {
        String[] parts = token.split("/\\?", 2);
        TreeMap<String, String> query = new TreeMap<>();
        for (String pair : parts[1].split("&")) {
            query.put(pair.replaceFirst("=.*", ""), pair.replaceFirst("[^=]*=", ""));
        }
        return new IamToken(parts[0], query);
    }

    /** Whether the holder of these credentials has made it for this user of that server. */
    boolean isOf(String user, int port, String region, Map<String, String> credentials) {
        String scope = query.get("X-Amz-Date").substring(0, 8) + "/" + region + "/rds-db/aws4_request";
        return host.equals("localhost:" + port)
                && query.get("Action").equals("connect")
                && query.get("DBUser").equals(user)
                && query.get("X-Amz-Algorithm").equals(ALGORITHM)
                && query.get("X-Amz-Expires").equals("900")
                && query.get("X-Amz-SignedHeaders").equals("host")
                && query.get("X-Amz-Security-Token").equals(credentials.get("AWS_SESSION_TOKEN"))
                && decoded("X-Amz-Credential").equals(credentials.get("AWS_ACCESS_KEY_ID") + "/" + scope)
                && query.get(SIGNATURE).equals(signature(scope, credentials.get("AWS_SECRET_ACCESS_KEY")));
    }

    private String decoded(String name) {
        return query.get(name).replace("%2F", "/");
    }

    private String signature(String scope, String secret) {
        TreeMap<String, String> signed = new TreeMap<>(query);
        signed.remove(SIGNATURE);
        StringBuilder canonical = new StringBuilder("GET\n/\n");
        signed.forEach((name, value) ->
                canonical.append(name).append('=').append(value).append('&'));
        canonical.setLength(canonical.length() - 1);
        canonical.append("\nhost:").append(host).append("\n\nhost\n").append(sha256(""));
        String text = ALGORITHM + "\n" + query.get("X-Amz-Date") + "\n" + scope + "\n" + sha256(canonical.toString());
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/")) {
            key = hmac(key, part);
        }
        return HexFormat.of().formatHex(hmac(key, text));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
