package com.ecommerce.orders.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.testkit.Tokens;
import com.ecommerce.orders.testkit.WireRequest;
import com.ecommerce.orders.testkit.WireResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** A tenant that uses another platform for each request. */
final class Shared {

    private static final String ORDER =
            """
            {"currency":"EUR","items":[{"sku":"a","quantity":3,"unitPrice":333,"taxRate":"0.19"}]}""";

    private final Platforms platforms;
    private final Map<String, String> headers;

    private Shared(Platforms platforms, String token) {
        this.platforms = platforms;
        this.headers = Map.of(
                "Authorization",
                "Bearer " + token,
                "Content-Type",
                "application/json",
                "Host",
                "orders.example.org",
                "X-Request-Id",
                "parity");
    }

    /** Returns a new tenant without orders. */
    static Shared of(Platforms platforms, Tokens tokens) {
        return new Shared(
                platforms,
                tokens.mint(Map.of(
                        "tenant_id",
                        "t-" + UUID.randomUUID(),
                        "sub",
                        "alice",
                        "scope",
                        "orders:read orders:write payments:write fulfillments:write")));
    }

    void assertReplays(Platform one) {
        String order = "/orders/" + idOf(assertReplays(one, "POST", "/orders", ORDER, 201));
        assertReplays(one, "PATCH", order, "{\"note\":\"Bitte klingeln \u2013 2 \u00d7\"}", 200);
        assertReplays(one, "POST", order + "/confirm", "", 200);
        assertReplays(one, "POST", order + "/cancel", "{\"reason\":\"none\"}", 200);
        assertThat(List.of(send(one, "GET", "/orders", "", Map.of()).text().split("\"id\"")))
                .hasSize(2);
    }

    private WireResponse assertReplays(Platform one, String method, String path, String body, int status) {
        Map<String, String> more = Map.of("Idempotency-Key", UUID.randomUUID().toString(), "If-Match", "*");
        WireResponse first = send(one, method, path, body, more);
        assertThat(first.status()).as(first.text()).isEqualTo(status);
        assertThat(first.header("Idempotent-Replayed")).isEmpty();
        for (Platform other : others(one)) {
            WireResponse replay = send(other, method, path, body, more);
            assertThat(replay.body()).as("%s, from %s", other, one).isEqualTo(first.body());
            assertThat(replay.header("Idempotent-Replayed")).hasValue("true");
            assertThat(withoutReplayed(replay)).as("%s, from %s", other, one).isEqualTo(withoutReplayed(first));
        }
        return first;
    }

    private static Answer withoutReplayed(WireResponse response) {
        Map<String, List<String>> headers = new HashMap<>(response.headers());
        headers.keySet().removeIf(name -> name.equalsIgnoreCase("Idempotent-Replayed"));
        headers.keySet().removeIf(name -> name.equalsIgnoreCase("Content-Length"));
        return Answer.of(
                new WireRequest("POST", "/", Map.of("X-Request-Id", "parity"), null),
                new WireResponse(response.status(), headers, response.body()));
    }

    void assertTakesCursor(Platform one) {
        for (Platform each : Platform.values()) {
            send(each, "POST", "/orders", ORDER, Map.of());
        }
        WireResponse first = send(one, "GET", "/orders?limit=3", "", Map.of());
        String cursor = first.captured("body:/nextCursor");
        String last = idOf(send(one, "GET", "/orders?sort=createdAt&limit=1", "", Map.of()), "body:/data/0/id");
        for (Platform other : others(one)) {
            WireResponse rest = send(other, "GET", "/orders?limit=3&cursor=" + cursor, "", Map.of());
            assertThat(rest.status()).as(rest.text()).isEqualTo(200);
            assertThat(idOf(rest, "body:/data/0/id")).isEqualTo(last);
            assertThat(rest.captured("body:/data/1/id")).isNull();
        }
    }

    void assertTakesETag(Platform one) {
        WireResponse created = send(one, "POST", "/orders", ORDER, Map.of());
        String order = "/orders/" + idOf(created);
        String tag = created.header("ETag").orElseThrow();
        for (Platform other : others(one)) {
            assertThat(send(other, "GET", order, "", Map.of("If-None-Match", tag))
                            .status())
                    .isEqualTo(304);
            WireResponse changed = send(other, "PATCH", order, "{\"note\":\"" + other + "\"}", Map.of("If-Match", tag));
            assertThat(changed.status()).as(changed.text()).isEqualTo(200);
            assertThat(send(one, "PATCH", order, "{\"note\":\"stale\"}", Map.of("If-Match", tag))
                            .status())
                    .isEqualTo(412);
            tag = send(one, "GET", order, "", Map.of()).header("ETag").orElseThrow();
            assertThat(changed.header("ETag")).hasValue(tag);
        }
    }

    private static String idOf(WireResponse order) {
        return idOf(order, "body:/id");
    }

    private static String idOf(WireResponse response, String where) {
        String id = response.captured(where);
        assertThat(id).as(response.text()).isNotNull();
        return id;
    }

    private static List<Platform> others(Platform one) {
        return Stream.of(Platform.values()).filter(each -> each != one).toList();
    }

    private WireResponse send(Platform platform, String method, String path, String body, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(more);
        return platforms.send(
                platform,
                new WireRequest(
                        method, path, all, method.equals("GET") ? null : body.getBytes(StandardCharsets.UTF_8)));
    }
}
