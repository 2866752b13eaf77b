package com.ecommerce.orders.aws;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request as received from the network.
 *
 * @param path the raw path
 * @param query the raw query; empty if there is none
 */
record GatewayRequest(String method, String path, String query, Map<String, List<String>> headers, byte[] body) {

    static GatewayRequest read(InputStream in) throws IOException {
        String[] start = line(in).split(" ");
        Map<String, List<String>> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(
                headers.getOrDefault("content-length", List.of("0")).get(0));
        int question = start[1].indexOf('?');
        return new GatewayRequest(
                start[0],
                question < 0 ? start[1] : start[1].substring(0, question),
                question < 0 ? "" : start[1].substring(question + 1),
                headers,
                in.readNBytes(length));
    }

    /** Returns the headers with joined values, as in payload 2.0. */
    Map<String, String> joinedHeaders() {
        Map<String, String> joined = new LinkedHashMap<>();
        headers.forEach((name, values) -> joined.put(name, String.join(",", values)));
        return joined;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("The client is gone");
            }
            bytes.write(next);
        }
        line.append(bytes.toString(StandardCharsets.UTF_8));
        return line.toString().strip();
    }
}
