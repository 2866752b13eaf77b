package com.ecommerce.orders.authentication;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Entries of a JWK set that can't verify a token: broken keys, and good keys for another purpose. */
final class BadKeys {

    static final String OFF_THE_CURVE = ec("\"crv\":\"P-256\",\"kid\":\"off-the-curve\"");

    private static final String MEMBERS_OF_A_POINT =
            "\"x\":\"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE\",\"y\":\"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE\"";

    private BadKeys() {}

    static Stream<String> all() throws JOSEException {
        List<String> keys = new ArrayList<>(List.of(
                "null",
                "7",
                "\"key\"",
                "[]",
                "{}",
                "{\"kid\":\"z\"}",
                "{\"kty\":7}",
                "{\"kty\":null}",
                "{\"kty\":\"\"}",
                "{\"kty\":\"AKP\",\"kid\":\"z\",\"alg\":\"ML-DSA-44\",\"pub\":\"AQEB\"}",
                "{\"kty\":\"EC\"}",
                "{\"kty\":\"RSA\"}",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}",
                "{\"kty\":\"OKP\"}",
                "{\"kty\":\"oct\",\"k\":\"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE\"}",
                "{\"kty\":\"RSA\",\"kid\":{},\"n\":\"AQEB\",\"e\":\"AQAB\"}",
                "{\"kty\":\"RSA\",\"n\":[\"AQEB\"],\"e\":\"AQAB\"}",
                "{\"kty\":\"RSA\",\"n\":\"\",\"e\":\"\"}",
                "{\"kty\":\"RSA\",\"n\":\"!!\",\"e\":\"!!\"}",
                "{\"kty\":\"RSA\",\"n\":\"AQEB\",\"e\":\"AQAB\"}",
                ec("\"crv\":\"BP-256\",\"kid\":\"z\""),
                ec("\"crv\":\"secp256k1\""),
                ec("\"crv\":\"\""),
                ec("\"crv\":7"),
                OFF_THE_CURVE));
        RSAKey rsa = new RSAKeyGenerator(2048).generate();
        String curve = new ECKeyGenerator(Curve.P_256).generate().toPublicJWK().toJSONString();
        keys.add(new RSAKeyGenerator(1024, true).generate().toPublicJWK().toJSONString());
        for (String key : List.of(rsa.toPublicJWK().toJSONString(), curve)) {
            keys.add(with(key, "\"use\":\"enc\""));
            keys.add(with(key, "\"use\":\"\""));
            keys.add(with(key, "\"use\":7"));
            keys.add(with(key, "\"use\":\"sig\",\"key_ops\":[\"encrypt\"]"));
            keys.add(with(key, "\"use\":\"enc\",\"key_ops\":[\"verify\"]"));
            keys.add(with(key, "\"key_ops\":[\"wrapKey\"]"));
            keys.add(with(key, "\"key_ops\":[\"no such operation\"]"));
            keys.add(with(key, "\"key_ops\":\"verify\""));
            keys.add(with(key, "\"alg\":\"RSA-OAEP\""));
            keys.add(with(key, "\"alg\":7"));
            keys.add(with(key, "\"x5c\":[\"nonsense\"]"));
            keys.add(with(key, "\"x5c\":[\"\"]"));
            keys.add(with(key, "\"x5c\":[7]"));
            keys.add(with(key, "\"x5c\":\"nonsense\""));
            keys.add(with(key, "\"x5u\":\"::\""));
            keys.add(with(key, "\"x5t\":7"));
            keys.add(with(key, "\"exp\":\"tomorrow\""));
            keys.add(with(key, "\"d\":7"));
            keys.add(with(key, "\"revoked\":{\"revoked_at\":1,\"reason\":\"compromised\"}"));
            keys.add(with(key, "\"revoked\":7"));
        }
        return keys.stream();
    }

    private static String ec(String members) {
        return "{\"kty\":\"EC\"," + members + "," + MEMBERS_OF_A_POINT + "}";
    }

    private static String with(String key, String members) {
        return key.replaceFirst("}$", "," + members + "}");
    }
}
