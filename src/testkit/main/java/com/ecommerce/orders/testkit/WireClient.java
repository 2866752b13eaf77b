package com.ecommerce.orders.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * An HTTP/1.1 client that sends requests unchanged. {@code java.net.http} normalizes odd paths and rejects some headers
 * and methods. Each request has its own connection. The client sends the length of the body unless the request has a
 * transfer encoding.
 */
public final class WireClient {

    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int MAX_LINE = 65_536;
    private static final Set<String> METHODS_WITH_CONTENT = Set.of("POST", "PUT", "PATCH");

    private final URI base;

    /** @param base the address of the server */
    public WireClient(URI base) {
        this.base = base;
    }

    /** Sends the request unchanged. */
    public WireResponse send(WireRequest request) throws IOException {
        try (Socket socket = connect()) {
            write(request, socket.getOutputStream());
            return read(new BufferedInputStream(socket.getInputStream()), request.method());
        }
    }

    private Socket connect() throws IOException {
        boolean secure = "https".equals(base.getScheme());
        int port = base.getPort() >= 0 ? base.getPort() : secure ? 443 : 80;
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(base.getHost(), port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            return secure ? secured(socket, port) : socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private Socket secured(Socket plain, int port) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, base.getHost(), port, true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        return socket;
    }

    private void write(WireRequest request, OutputStream out) throws IOException {
        byte[] body = request.body() == null ? new byte[0] : request.body();
        try {
            out.write(head(request, body.length).getBytes(StandardCharsets.UTF_8));
            out.write(body);
            out.flush();
        } catch (SocketException e) {
            // A server may respond and close before it has read a body that it rejects. The response can still be read.
            if (body.length == 0) {
                throw e;
            }
        }
    }

    private String head(WireRequest request, int length) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Host", base.getRawAuthority());
        headers.put("Connection", "close");
        if (request.body() != null || METHODS_WITH_CONTENT.contains(request.method())) {
            headers.put("Content-Length", Integer.toString(length));
        }
        headers.putAll(request.headers());
        if (headers.containsKey("Transfer-Encoding")) {
            headers.remove("Content-Length");
        }
        String prefix = base.getRawPath() == null ? "" : base.getRawPath();
        StringBuilder head = new StringBuilder()
                .append(oneLine(request.method() + " " + prefix + request.path() + " HTTP/1.1"))
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(oneLine(name + ": " + value)).append("\r\n"));
        return head.append("\r\n").toString();
    }

    private static String oneLine(String line) {
        if (line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("A line break in the head: " + line);
        }
        return line;
    }

    private static WireResponse read(InputStream in, String method) throws IOException {
        int status = readStatus(in);
        Map<String, List<String>> headers = readHeaders(in);
        while (status < 200) {
            status = readStatus(in);
            headers = readHeaders(in);
        }
        boolean bodiless = "HEAD".equals(method) || status == 204 || status == 304;
        return new WireResponse(status, headers, bodiless ? new byte[0] : readBody(in, headers));
    }

    private static int readStatus(InputStream in) throws IOException {
        String line = readLine(in);
        if (!line.matches("HTTP/1\\.[01] [1-9][0-9]{2}( .*)?")) {
            throw new ProtocolException("Not a status line: " + line);
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private static Map<String, List<String>> readHeaders(InputStream in) throws IOException {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new ProtocolException("Not a header: " + line);
            }
            headers.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return headers;
    }

    private static byte[] readBody(InputStream in, Map<String, List<String>> headers) throws IOException {
        if (headers.containsKey("Transfer-Encoding")) {
            return readChunks(in);
        }
        List<String> lengths = headers.get("Content-Length");
        return lengths == null ? in.readAllBytes() : readExactly(in, Integer.parseInt(lengths.get(0)));
    }

    private static byte[] readChunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = readChunkSize(in); size > 0; size = readChunkSize(in)) {
            body.write(readExactly(in, size));
            readLine(in);
        }
        readHeaders(in);
        return body.toByteArray();
    }

    private static int readChunkSize(InputStream in) throws IOException {
        return Integer.parseInt(readLine(in).split(";", 2)[0].strip(), 16);
    }

    private static byte[] readExactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The body ends after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    private static String readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.size() > MAX_LINE) {
                throw new EOFException("The head of the answer breaks off after: " + line);
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
