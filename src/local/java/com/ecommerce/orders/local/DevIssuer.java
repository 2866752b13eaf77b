package com.ecommerce.orders.local;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

/** Signs tokens for development. Its key is kept with the data, so that tokens outlive a restart. */
final class DevIssuer {

    static final String NAME = "urn:ecommerce-order-api:development";
    static final String AUDIENCE = "orders-api";

    private static final Duration LIFETIME = Duration.ofHours(12);
    private static final int KEY_BITS = 2048;

    private final RSAKey key;

    private DevIssuer(RSAKey key) {
        this.key = key;
    }

    /** The issuer whose key is in {@code directory}; made there if there is none. */
    static DevIssuer in(Path directory) {
        Path file = directory.resolve("development-key.json");
        try {
            return new DevIssuer(Files.exists(file) ? RSAKey.parse(Files.readString(file)) : create(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParseException | JOSEException e) {
            throw new IllegalStateException("The development key is damaged; delete " + file + " and start again", e);
        }
    }

    private static RSAKey create(Path file) throws IOException, JOSEException {
        RSAKey key = new RSAKeyGenerator(KEY_BITS)
                .keyIDFromThumbprint(true)
                .algorithm(JWSAlgorithm.RS256)
                .generate();
        Files.createDirectories(file.getParent());
        Path unfinished = Files.createTempFile(file.getParent(), "key", ".tmp");
        if (Files.getFileStore(unfinished).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rw-------"));
        }
        Files.writeString(unfinished, key.toJSONString());
        Files.move(unfinished, file);
        return key;
    }

    /** The public keys, as a JWK set (RFC 7517, section 5). */
    String jwkSet() {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    /** A signed token with these claims, valid for twelve hours. */
    String token(Map<String, String> claims) {
        Instant now = Instant.now();
        JWTClaimsSet.Builder content = new JWTClaimsSet.Builder()
                .issuer(NAME)
                .audience(AUDIENCE)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)));
        claims.forEach(content::claim);
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), content.build());
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("The development key can't sign", e);
        }
        return token.serialize();
    }
}
