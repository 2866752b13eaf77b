package com.ecommerce.orders.azure.testkit.worker;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as the Functions host reads it from the network.
 *
 * @param headers the headers by lower-case name; repeated ones are joined with a comma
 * @param body the body; empty if the request has no length
 */
record HostRequest(String method, String target, Map<String, String> headers, byte[] body) {

    private static final String UNRESERVED = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
    private static final String PATH_CHARACTERS = UNRESERVED + "/!$&'()*+,;=:@";

    static HostRequest read(InputStream in) throws IOException {
        String[] line = line(in).split(" ");
        if (line.length != 3) {
            throw new IOException("Not a request line");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.merge(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip(),
                    (first, second) -> first + "," + second);
        }
        if (headers.containsKey("transfer-encoding")) {
            skipChunks(in);
            return new HostRequest(line[0], line[1], headers, new byte[0]);
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new HostRequest(line[0], line[1], headers, in.readNBytes(length));
    }

    WorkerRequestMessage toMessage() {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        String query = question < 0 ? "" : target.substring(question);
        return new WorkerRequestMessage(
                method,
                "http://" + headers.get("host") + escape(withoutDots(unescape(path))) + query,
                headers,
                parameters(query),
                body.length == 0 ? Optional.empty() : Optional.of(text(body)));
    }

    /** Decodes the body. Drops a byte order mark and replaces bytes that are not UTF-8. */
    private static String text(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.isEmpty() ? new String[0] : query.substring(1).split("&")) {
            int equals = pair.indexOf('=');
            if (equals >= 0 && equals < pair.length() - 1) {
                parameters.merge(
                        lenient(pair.substring(0, equals)),
                        lenient(pair.substring(equals + 1)),
                        (first, second) -> first + "," + second);
            }
        }
        return parameters;
    }

    private static String lenient(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }

    /** Decodes all escapes except those of a slash, if the result is UTF-8. */
    private static String unescape(String path) {
        byte[] raw = path.getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        for (int i = 0; i < raw.length; ) {
            int run = i;
            ByteArrayOutputStream escaped = new ByteArrayOutputStream();
            while (run + 2 < raw.length && raw[run] == '%' && isEscape(raw, run) && octet(raw, run) != '/') {
                escaped.write(octet(raw, run));
                run += 3;
            }
            if (run == i) {
                plain.write(raw[i++]);
            } else {
                plain.writeBytes(isUtf8(escaped.toByteArray()) ? escaped.toByteArray() : slice(raw, i, run));
                i = run;
            }
        }
        return plain.toString(StandardCharsets.UTF_8);
    }

    private static byte[] slice(byte[] raw, int from, int to) {
        return Arrays.copyOfRange(raw, from, to);
    }

    private static boolean isEscape(byte[] raw, int at) {
        return Character.digit(raw[at + 1], 16) >= 0 && Character.digit(raw[at + 2], 16) >= 0;
    }

    private static int octet(byte[] raw, int at) {
        return Character.digit(raw[at + 1], 16) * 16 + Character.digit(raw[at + 2], 16);
    }

    private static boolean isUtf8(byte[] octets) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static String withoutDots(String path) {
        Deque<String> kept = new ArrayDeque<>();
        List<String> segments = List.of(path.substring(1).split("/", -1));
        for (int i = 0; i < segments.size(); i++) {
            boolean last = i == segments.size() - 1;
            if (segments.get(i).equals("..")) {
                kept.pollLast();
            }
            if (segments.get(i).equals("..") || segments.get(i).equals(".")) {
                if (last) {
                    kept.addLast("");
                }
            } else {
                kept.addLast(segments.get(i));
            }
        }
        return "/" + String.join("/", kept);
    }

    /** Encodes the path. Text that looks like an escape stays unchanged. */
    private static String escape(String path) {
        StringBuilder escaped = new StringBuilder();
        byte[] octets = path.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < octets.length; i++) {
            char c = (char) (octets[i] & 0xFF);
            boolean isEscape = c == '%' && i + 2 < octets.length && isEscape(octets, i);
            if (PATH_CHARACTERS.indexOf(c) >= 0 || isEscape) {
                escaped.append(c);
            } else {
                escaped.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return escaped.toString();
    }

    private static void skipChunks(InputStream in) throws IOException {
        for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
            in.readNBytes(size);
            line(in);
        }
        line(in);
    }

    private static int chunkSize(InputStream in) throws IOException {
        return Integer.parseInt(line(in).replaceAll(";.*", ""), 16);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException();
            }
            line.write(octet);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
