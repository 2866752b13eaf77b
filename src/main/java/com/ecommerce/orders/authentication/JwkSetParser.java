package com.ecommerce.orders.authentication;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A parser of JWK sets that reads key by key (RFC 7517, section 5). It skips keys that can't be used; the library's parser
 * would refuse the whole set. The name of a skipped key is logged once, as long as the set has the key.
 */
final class JwkSetParser {

    private static final Logger LOG = LoggerFactory.getLogger(JwkSetParser.class);
    private static final Set<Curve> CURVES = Set.of(Curve.P_256, Curve.P_384, Curve.P_521);
    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_NAME_LENGTH = 100;

    private Set<String> skippedBefore = Set.of();

    /**
     * Returns the public keys that can verify a signature. The set may be empty.
     *
     * @throws ParseException if {@code json} is not a JWK set
     */
    synchronized JWKSet parse(String json) throws ParseException {
        List<Object> entries = entries(json);
        List<JWK> keys = new ArrayList<>(entries.size());
        Set<String> skipped = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            JWK key = parseKey(entries.get(i));
            if (key != null && isForSignatures(key)) {
                keys.add(key.toPublicJWK());
            } else if (skipped.add(name(entries.get(i), i))) {
                logSkipped(name(entries.get(i), i), key != null);
            }
        }
        skippedBefore = skipped;
        return new JWKSet(keys);
    }

    private static List<Object> entries(String json) throws ParseException {
        Map<String, Object> set = JSONObjectUtils.parse(json);
        List<Object> entries = set == null ? null : JSONObjectUtils.getJSONArray(set, "keys");
        if (entries == null) {
            throw new ParseException("The JWK set has no list of keys", 0);
        }
        return entries;
    }

    /** Returns {@code null} if the entry is not a key, if the JDK refuses the key, or if the key is too weak. */
    @SuppressWarnings("unchecked")
    private static @Nullable JWK parseKey(Object entry) {
        try {
            JWK key = JWK.parse((Map<String, Object>) entry);
            // RFC 7518, section 3.3
            boolean tooShort = key instanceof RSAKey rsa
                    && rsa.toRSAPublicKey().getModulus().bitLength() < MIN_RSA_BITS;
            if (key instanceof ECKey ec) {
                ec.toECPublicKey();
            }
            return tooShort ? null : key;
        } catch (ParseException | JOSEException | RuntimeException unreadable) {
            return null;
        }
    }

    private static boolean isForSignatures(JWK key) {
        return (key instanceof RSAKey || key instanceof ECKey ec && CURVES.contains(ec.getCurve()))
                && (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
                && (key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY))
                && (key.getAlgorithm() == null || JwkSetClient.ALGORITHMS.contains(key.getAlgorithm()))
                && key.getKeyRevocation() == null;
    }

    /** Logs a skipped key without the library's message, because the message may quote the key. */
    private void logSkipped(String name, boolean readable) {
        if (skippedBefore.contains(name)) {
            return;
        }
        if (readable) {
            LOG.info("The issuer's key {} is skipped: it is not for signatures by RS, PS or ES", name);
        } else {
            LOG.warn("The issuer's key {} is skipped: it can't be read, or it is too weak", name);
        }
    }

    /** Returns the name of the key as one printable word, otherwise the number of the key. */
    private static String name(Object entry, int index) {
        if (entry instanceof Map<?, ?> key && key.get("kid") instanceof String kid && !kid.isBlank()) {
            String name = kid.replaceAll("[^!-~]", "?");
            return name.substring(0, Math.min(name.length(), MAX_NAME_LENGTH));
        }
        return "number " + (index + 1);
    }
}
