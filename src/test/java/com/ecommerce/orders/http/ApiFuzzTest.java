package com.ecommerce.orders.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.fuzz.Answers;
import com.ecommerce.orders.fuzz.Answers.Answer;
import com.ecommerce.orders.fuzz.Mutation;
import com.ecommerce.orders.operation.KeysetPosition;
import com.ecommerce.orders.operation.OrderFilter;
import com.ecommerce.orders.operation.OrderSort;
import com.ecommerce.orders.order.OneOrder;
import com.ecommerce.orders.testkit.Tokens;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/** No input may cause an internal error. {@code scripts/fuzz.sh} tries many more inputs. */
class ApiFuzzTest {

    private static final Tokens TOKENS = new Tokens();
    private static final String TOKEN = token(Map.of());
    private static final OrderApi API = ApiUnderFuzz.trusting(TOKENS);
    private static final OrderApi BEHIND_A_GATEWAY = ApiUnderFuzz.behindAGateway();
    private static final Answers BODIES = new Answers("bodies");
    private static final Answers REQUESTS = new Answers("requests");
    private static final Answers CURSORS = new Answers("cursors");
    private static final Answers CREDENTIALS = new Answers("tokens");
    private static final Answers CLAIMS = new Answers("claims");

    private static final String ORDER = "/orders/" + OneOrder.ID;
    private static final List<String> DRAFTS = List.of(
            "{\"currency\":\"EUR\",\"items\":[{\"sku\":\"A\",\"quantity\":1,\"unitPrice\":1}]}",
            """
            {"externalRef":"r","currency":"USD","customer":{"id":"c","email":"ada@example.org","name":"Ada"},
             "items":[{"sku":"A","name":"Apple","quantity":2,"unitPrice":2499,"taxRate":"0.1075"},
                      {"sku":"B","quantity":999999,"unitPrice":0}],
             "discounts":[{"description":"d","amount":5},{"percent":"12.5"}],"shipping":{"amount":644,"taxRate":"0"},
             "shippingAddress":{"name":"Ada","line1":"1","city":"Berlin","postalCode":"10115","country":"DE"},
             "billingAddress":{"name":"A","line1":"1","line2":"2","city":"B","region":"R","postalCode":"1","country":"US"},
             "note":"n","metadata":{"a":"b","c~d/e":"f"},"expectedTotal":3412}""");
    private static final List<String> PATCHES = List.of(
            "{}",
            "{\"note\":null,\"metadata\":{\"a\":null,\"b\":\"c\"},\"customer\":{\"email\":\"b@example.org\"}}",
            "{\"items\":[{\"sku\":\"A\",\"quantity\":1,\"unitPrice\":1}],\"discounts\":null,\"shipping\":{\"taxRate\":\"1\"}}",
            "{\"shippingAddress\":{\"line2\":\"x\",\"country\":\"US\"},\"billingAddress\":null}");
    private static final List<String> PATHS = List.of(
            "/orders",
            ORDER,
            ORDER + "/confirm",
            ORDER + "/cancel",
            ORDER + "/events",
            "/health",
            "/ready",
            "/openapi.json");
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS", "get");
    private static final List<String> QUERIES = List.of(
            "",
            "dryRun=true",
            "limit=10&sort=-createdAt&status=PLACED,CONFIRMED",
            "createdBy=alice&customerId=c&externalRef=r&createdFrom=2026-01-01T00:00:00Z&updatedTo=2026-01-01T00:00:00%2B01:00",
            "cursor=AQIDBAUGBwg");
    private static final List<String> HEADERS = List.of(
            "idempotency-key",
            "if-match",
            "if-none-match",
            "content-type",
            "content-encoding",
            "x-request-id",
            "origin",
            "access-control-request-method",
            "authorization");
    private static final List<String> VALUES = List.of(
            "\"1\"", "*", "W/\"1\", \"2\"", "key-1", "application/json", "gzip", "https://a.example", "Bearer x");

    @Property
    void answersEveryBody(@ForAll Random random) {
        boolean patch = random.nextBoolean();
        String seed = Mutation.oneOf(random, patch ? PATCHES : DRAFTS);
        String text = Mutation.once(random, 4) ? seed : Mutation.json(random, seed);
        byte[] body = Mutation.once(random, 3)
                ? Mutation.bytes(random, text.getBytes(StandardCharsets.UTF_8))
                : text.getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = headers();
        headers.put("if-match", "\"1\"");
        headers.put("idempotency-key", "k");
        String path = patch ? ORDER : Mutation.once(random, 4) ? ORDER + "/cancel" : "/orders";

        check(BODIES, new ApiRequest(patch ? "PATCH" : "POST", path, List.of(), headers, body));
    }

    @Property
    void respondsToEveryRequest(@ForAll Random random) {
        String path = Mutation.oneOf(random, PATHS);
        String query = Mutation.oneOf(random, QUERIES);
        Map<String, String> headers = headers();
        for (int more = random.nextInt(3); more > 0; more--) {
            headers.put(
                    Mutation.oneOf(random, HEADERS),
                    Mutation.text(random, Mutation.oneOf(random, VALUES)).replaceAll("[\r\n\0]", ""));
        }

        check(
                REQUESTS,
                new ApiRequest(
                        Mutation.once(random, 4)
                                ? Mutation.oneOf(random, METHODS)
                                : path.length() > ORDER.length() && !path.endsWith("events") ? "POST" : "GET",
                        UrlEncoding.decodePath(Mutation.once(random, 2) ? path : Mutation.text(random, path)),
                        UrlEncoding.decodeQuery(Mutation.once(random, 3) ? query : Mutation.text(random, query)),
                        headers,
                        Mutation.once(random, 5)
                                ? null
                                : Mutation.bytes(random, DRAFTS.get(0).getBytes(StandardCharsets.UTF_8))));
    }

    @Property
    void answersEveryCursor(@ForAll Random random) {
        boolean events = random.nextBoolean();
        String cursor = events
                ? Cursor.write(OneOrder.ID, random.nextInt())
                : Cursor.write(
                        OrderFilter.ALL,
                        OrderSort.NEWEST_FIRST,
                        new KeysetPosition(Instant.EPOCH.plusNanos(random.nextLong()), OneOrder.ID));
        String sent = Mutation.once(random, 2) ? forged(random, cursor) : Mutation.text(random, cursor);
        ApiRequest request = new ApiRequest(
                "GET",
                events ? ORDER + "/events" : "/orders",
                List.of(new Parameter("cursor", sent)),
                headers(),
                new byte[0]);

        assertThat(check(CURSORS, request).status()).isIn(200, 400);
    }

    /** An attacker who changes a cursor can also correct its checksum. */
    private static String forged(Random random, String cursor) {
        byte[] bytes = Base64.getUrlDecoder().decode(cursor);
        byte[] changed = Arrays.copyOf(bytes, bytes.length + (Mutation.once(random, 10) ? random.nextInt(40) - 12 : 0));
        int at = 9 + random.nextInt(Math.max(1, changed.length - 9));
        for (int i = at; i < Math.min(changed.length, at + 1 + random.nextInt(9)); i++) {
            changed[i] = (byte) random.nextInt(256);
        }
        CRC32 crc = new CRC32();
        crc.update(changed, 0, changed.length - Integer.BYTES);
        ByteBuffer.wrap(changed).putInt(changed.length - Integer.BYTES, (int) crc.getValue());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
    }

    @Property
    void believesNoTokenThatTheIssuerDidNotSign(@ForAll Random random) {
        String token = Mutation.once(random, 3) ? rewritten(random) : Mutation.text(random, TOKEN);
        Map<String, String> headers = headers();
        headers.put("authorization", "Bearer " + token);
        Answer answer = check(CREDENTIALS, new ApiRequest("GET", ORDER, List.of(), headers, new byte[0]));

        assertThat(answer.status())
                .as("status for %s", token)
                .isIn(401, token.strip().equals(TOKEN) ? 200 : 401);
    }

    /** A token with the sender's own header and claims, and the signature of a real token. */
    private static String rewritten(Random random) {
        String[] parts = TOKEN.split("\\.");
        Base64.Decoder decoder = Base64.getUrlDecoder();
        String header = new String(decoder.decode(parts[0]), StandardCharsets.UTF_8);
        String algorithm = Mutation.oneOf(
                random,
                List.of(
                        "none", "None", "HS256", "HS512", "RS512", "PS256", "ES256", "ES256K", "EdDSA", "Ed25519",
                        "Ed448", "A"));
        String changed = Mutation.once(random, 2)
                ? header.replace("RS256", algorithm)
                : Mutation.json(
                        random,
                        header.replace("}", ",\"crit\":[\"exp\"],\"jku\":\"http://127.0.0.1:9/\",\"b64\":false}"));
        String claims = new String(decoder.decode(parts[1]), StandardCharsets.UTF_8);
        return encode(changed) + "." + encode(Mutation.json(random, claims)) + "."
                + (Mutation.once(random, 3) ? "" : parts[2]);
    }

    @Property
    void answersAnyClaimsOfAGateway(@ForAll Random random) {
        Map<String, Object> claims =
                new HashMap<>(Map.of("tenant_id", "acme", "sub", "alice", "scope", "orders:write"));
        List<Object> values = List.of(
                "",
                " ",
                7,
                -1,
                true,
                Long.MAX_VALUE,
                1e300,
                List.of("orders:write", 7),
                Map.of("a", List.of()),
                "x".repeat(300),
                Mutation.text(random, "acme"),
                Mutation.text(random, "orders:read orders:write payments:write fulfillments:write"));
        for (int more = 1 + random.nextInt(3); more > 0; more--) {
            claims.put(
                    Mutation.oneOf(
                            random, List.of("tenant_id", "sub", "email", "scope", "roles", "token_use", "firebase")),
                    Mutation.oneOf(random, values));
        }
        ApiRequest request = new ApiRequest(
                "POST", "/orders", List.of(), headers(), DRAFTS.get(0).getBytes(StandardCharsets.UTF_8), claims);
        Answer answer = CLAIMS.check(claims, () -> ApiUnderFuzz.answer(BEHIND_A_GATEWAY.apply(request)));

        assertThat(answer.status()).isIn(201, 401, 403);
    }

    @Example
    void answersAnyClaimsThatTheIssuerSigns() {
        List<Object> odd =
                Arrays.asList(null, -1, 0, Long.MAX_VALUE, Long.MIN_VALUE, 1e300, true, "", "x", List.of(), Map.of());
        for (String claim : List.of("exp", "nbf", "iss", "aud", "client_id", "jti")) {
            for (Object value : odd) {
                Map<String, Object> claims = new HashMap<>();
                claims.put(claim, value);
                Map<String, String> headers = headers();
                headers.put("authorization", "Bearer " + token(claims));
                ApiRequest request = new ApiRequest("GET", ORDER, List.of(), headers, new byte[0]);

                assertThat(check(CREDENTIALS, request).status()).isIn(200, 401);
            }
        }
    }

    @AfterContainer
    static void tell() {
        List.of(BODIES, REQUESTS, CURSORS, CREDENTIALS, CLAIMS).forEach(Answers::tell);
    }

    private static Answer check(Answers answers, ApiRequest request) {
        byte[] bytes = ((RequestBody.Bytes) request.body()).bytes();
        String body = bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
        return answers.check(request + body, () -> ApiUnderFuzz.answer(API.apply(request)));
    }

    private static Map<String, String> headers() {
        return new HashMap<>(Map.of("authorization", "Bearer " + TOKEN, "content-type", "application/json"));
    }

    private static String token(Map<String, Object> overrides) {
        Map<String, Object> claims = new HashMap<>(Map.of(
                "tenant_id",
                "acme",
                "sub",
                "alice",
                "email",
                "a@example.org",
                "scope",
                "orders:read orders:write payments:write fulfillments:write"));
        claims.putAll(overrides);
        return TOKENS.mint(claims);
    }

    private static String encode(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
