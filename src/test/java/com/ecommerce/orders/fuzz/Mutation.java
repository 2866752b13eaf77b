package com.ecommerce.orders.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes bad inputs from good ones. The same {@link Random} makes the same inputs again. */
public final class Mutation {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST_STEPS = 4;
    private static final int LONG = 3_000;

    /** Visible texts that broke readers before. */
    private static final List<String> VISIBLE = List.of(
            """
            .. ../ // \\ ; % %2 %zz %00 %2e%2e %2f %252f %0d%0a %c0%ae %ed%a0%80 %ff ' 'OR'1'='1 ';DROP/**/TABLE/**/orders;--
            " \\" { } [ ] : , = & + ? # * - _ . | < > $ ${jndi:ldap://a} {{7*7}} <script> null true NaN Infinity
            0 -0 -1 01 1.0 1e1 1e400 1e99999999999 -1e-2147483648 9007199254740991 9007199254740992 2147483648
            9223372036854775808 18446744073709551617 999999999999999999999999999999 \\u0000 \\ud800 \\uFFFD W/"1" "1"
            Bearer Basic 2026-01-01T00:00:00Z 2026-02-30T00:00:00Z +18:00 -999999999-01-01T00:00:00Z
            9999-12-31T23:59:59.999999999+18:00 PLACED -createdAt 019ab3c2-8d5e-7c31-9f0a-5b7d2e4c6a18 1-2-3-4-5
            application/json utf-16 gzip chunked e30 eyJ"""
                    .split("\\s+"));

    /** Invisible characters that broke readers before. */
    private static final List<String> INVISIBLE = List.of(
            """
            \0|\r\n|\r\nX-Evil: 1\r\n\r\n|\t| |\u007F|\u0085|\u00A0|\u2028|\u202E|\uFEFF|\uFFFD|\uD800|\uDC00\uD800|\uD83D\uDE00\
            |e\u0301|\u0130|\u0131|\u212A|\u017F|\u0430"""
                    .split("\\|"));

    /** JSON values that broke readers before. */
    private static final List<String> VALUES = List.of(
            """
            null true false 0 -1 1 1.5 -0.0 1e400 1e-400 2147483648 9007199254740992 9223372036854775808
            99999999999999999999999999999999 "" "\\u0020" "0" "1" "100.000001" "0.1234567" "\\u0000" "\\ud800" "\\uFFFD"
            "\\u202E" "eur" "EUR" "DE" "a@b.c" "@" [] {} [[]] [{}] [null] {"":{}} {"a":{"b":null}}"""
                    .split("\\s+"));

    private Mutation() {}

    private static String token(Random random) {
        return once(random, 20)
                ? "x".repeat(random.nextInt(LONG))
                : oneOf(random, once(random, 3) ? INVISIBLE : VISIBLE);
    }

    /** Returns one of the values. */
    public static <T> T oneOf(Random random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** Returns true once in {@code times} calls on average. */
    public static boolean once(Random random, int times) {
        return random.nextInt(times) == 0;
    }

    /** Returns a text like {@code seed} with a few changes. */
    public static String text(Random random, String seed) {
        StringBuilder text = new StringBuilder(seed);
        for (int steps = 1 + random.nextInt(MOST_STEPS); steps > 0; steps--) {
            change(random, text);
        }
        return text.toString();
    }

    private static void change(Random random, StringBuilder text) {
        int from = random.nextInt(text.length() + 1);
        int to = from + random.nextInt(Math.min(text.length() - from, 40) + 1);
        switch (random.nextInt(7)) {
            case 0 -> text.delete(from, to);
            case 1 -> text.insert(from, text.substring(from, to));
            case 2 -> text.replace(from, to, token(random));
            case 3 -> text.setLength(once(random, 4) ? from : text.length());
            case 4 -> text.insert(from, (char) random.nextInt(once(random, 4) ? Character.MAX_VALUE : 256));
            case 5 ->
                text.insert(from, once(random, 30) ? text.substring(from, to).repeat(LONG / 10) : "");
            default -> text.insert(from, token(random));
        }
    }

    /** Returns bytes like {@code seed} with a few changes. */
    public static byte[] bytes(Random random, byte[] seed) {
        if (once(random, 2)) {
            return text(random, new String(seed, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        }
        byte[] bytes = seed.clone();
        for (int steps = random.nextInt(MOST_STEPS); steps > 0 && bytes.length > 0; steps--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        int from = random.nextInt(bytes.length + 1);
        int to = from + random.nextInt(bytes.length - from + 1);
        ByteArrayOutputStream spliced = new ByteArrayOutputStream();
        spliced.write(bytes, 0, once(random, 3) ? to : from);
        spliced.write(bytes, once(random, 3) ? from : to, bytes.length - (once(random, 3) ? to : Math.max(from, to)));
        return spliced.toByteArray();
    }

    /** Returns JSON like {@code seed} with a few changes of its structure. */
    public static String json(Random random, String seed) {
        JsonNode tree = JSON.readTree(seed);
        for (int steps = 1 + random.nextInt(MOST_STEPS); steps > 0; steps--) {
            List<JsonNode> containers = new ArrayList<>();
            collect(tree, containers);
            if (!containers.isEmpty()) {
                change(random, oneOf(random, containers));
            }
        }
        return tree.toString();
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainer()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }

    private static void change(Random random, JsonNode container) {
        if (container instanceof ObjectNode object) {
            change(random, object);
        } else if (container instanceof ArrayNode array) {
            change(random, array);
        }
    }

    private static void change(Random random, ObjectNode object) {
        List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(object.properties());
        String name = fields.isEmpty() ? "a" : oneOf(random, fields).getKey();
        switch (random.nextInt(5)) {
            case 0 -> object.remove(name);
            case 1 -> object.set(text(random, name), value(random));
            case 2 -> object.set(text(random, name), object.path(name).deepCopy());
            case 3 -> object.put(name, text(random, object.path(name).asString("")));
            default -> object.set(name, value(random));
        }
    }

    private static void change(Random random, ArrayNode array) {
        JsonNode copied = array.isEmpty() ? value(random) : array.get(random.nextInt(array.size()));
        int times = once(random, 50) ? LONG : 1;
        switch (random.nextInt(3)) {
            case 0 -> array.removeAll();
            case 1 -> array.insert(random.nextInt(array.size() + 1), value(random));
            default -> {
                for (int i = 0; i < times; i++) {
                    array.add(copied.deepCopy());
                }
            }
        }
    }

    private static JsonNode value(Random random) {
        if (once(random, 40)) {
            int depth = 1 + random.nextInt(150);
            return JSON.readTree("[".repeat(depth) + "]".repeat(depth));
        }
        return once(random, 40)
                ? JSON.getNodeFactory().stringNode("x".repeat(random.nextInt(LONG)))
                : JSON.readTree(oneOf(random, VALUES));
    }
}
