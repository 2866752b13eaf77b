package com.ecommerce.orders.parity;

import com.ecommerce.orders.testkit.WireRequest;
import com.ecommerce.orders.testkit.WireResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The parts of a response that must be the same on all platforms. Headers about the server and the connection are left out,
 * and so are values that each response creates.
 *
 * @param body the body with one character per byte
 */
record Answer(int status, Map<String, String> headers, String body) {

    private static final Set<String> NOT_COMPARED =
            Set.of("date", "server", "connection", "keep-alive", "transfer-encoding");
    private static final String REQUEST_ID = "X-Request-Id";
    private static final String LENGTH = "Content-Length";
    private static final Pattern MADE_BY_A_DRY_RUN =
            Pattern.compile("\"(id|createdAt|updatedAt)\":\"[0-9a-f-]{36}\"|\"(createdAt|updatedAt)\":\"[^\"]*\"");

    static Answer of(WireRequest request, WireResponse response) {
        String sent = request.headers().getOrDefault(REQUEST_ID, "");
        String received = response.header(REQUEST_ID).orElse(sent);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.headers().forEach((name, values) -> headers.put(name, String.join("\n", values)));
        headers.keySet().removeIf(name -> NOT_COMPARED.contains(name.toLowerCase(Locale.ROOT)));
        String body = new String(response.body(), StandardCharsets.ISO_8859_1);
        if (!received.equals(sent)) {
            headers.put(REQUEST_ID, "(made)");
            body = body.replace(received, "(made)");
        }
        if (isDryRun(response)) {
            body = MADE_BY_A_DRY_RUN.matcher(body).replaceAll("(made)");
        }
        return new Answer(response.status(), headers, body);
    }

    private static boolean isDryRun(WireResponse response) {
        return response.header("Dry-Run").isPresent();
    }

    /** Returns the differences, or an empty list if the responses are equal byte by byte. */
    List<String> differencesFrom(Answer other) {
        List<String> differences = new ArrayList<>();
        if (status != other.status) {
            differences.add("status " + status + " instead of " + other.status);
        }
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(headers.keySet());
        names.addAll(other.headers.keySet());
        for (String name : names) {
            String value = headers.getOrDefault(name, "(none)");
            String expected = other.headers.getOrDefault(name, "(none)");
            if (!value.equals(expected) && !isFraming(name, other)) {
                differences.add(name + ": " + value + " instead of " + expected);
            }
        }
        if (!body.equals(other.body)) {
            differences.add("body\n" + body + "\ninstead of\n" + other.body);
        }
        return differences;
    }

    /** Tells whether the header is a length that one response does not have: a chunked body, or a response to a HEAD. */
    private boolean isFraming(String name, Answer other) {
        return name.equalsIgnoreCase(LENGTH) && !(headers.containsKey(LENGTH) && other.headers.containsKey(LENGTH));
    }
}
