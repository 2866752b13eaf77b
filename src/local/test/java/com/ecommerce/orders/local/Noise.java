package com.ecommerce.orders.local;

import com.ecommerce.orders.local.testkit.ApiProcess;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/**
 * Requests of one tenant that use much of the API.
 *
 * @param token the token of the tenant
 */
record Noise(ApiProcess api, String token) {

    static final String SMALL_ORDER =
            "{\"currency\":\"EUR\",\"items\":[{\"sku\":\"A\",\"quantity\":1,\"unitPrice\":5}]}";

    /** The largest order: the maximum number of characters with four bytes each, and white space. */
    static final String ORDER_OF_1_MIB = padded(largestOrder(), 1024 * 1024);

    private static final int PAGE_BYTES = 4 * 1024 * 1024;

    /** A request that can be sent many times. It returns the status of the response. */
    interface Request {

        int send() throws Exception;
    }

    int send(String method, String path, String body) throws Exception {
        return api.send(method, path, token, "", "", body).statusCode();
    }

    /** Returns the path of the new order. */
    String place(String body) throws Exception {
        HttpResponse<String> created = api.send("POST", "/orders", token, "", "", body);
        return created.headers().firstValue("Location").orElseThrow(() -> new IllegalStateException(created.body()));
    }

    void placePageOf4MiB() throws Exception {
        String order = largestOrder();
        int bytes = order.getBytes(StandardCharsets.UTF_8).length;
        for (int stored = 0; stored < PAGE_BYTES; stored += bytes) {
            place(order);
        }
    }

    /** Reads only the status, and keeps the connection open for a second. */
    int askAndNotRead(String path) throws Exception {
        try (Socket socket = new Socket()) {
            // Only a small part of the response then fits into the network.
            socket.setReceiveBufferSize(4 * 1024);
            socket.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), api.uri().getPort()));
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String start = new String(in.readNBytes("HTTP/1.1 200".length()), StandardCharsets.US_ASCII);
            Thread.sleep(1_000);
            return Integer.parseInt(start.substring(start.indexOf(' ') + 1));
        }
    }

    private static String largestOrder() {
        String face = "\uD83D\uDE00";
        String item = "{\"sku\":\"" + face.repeat(100) + "\",\"name\":\"" + face.repeat(200)
                + "\",\"quantity\":1,\"unitPrice\":5},";
        String items = item.repeat(500);
        return "{\"currency\":\"EUR\",\"items\":[" + items.substring(0, items.length() - 1) + "]}";
    }

    private static String padded(String text, int bytes) {
        return text + " ".repeat(bytes - text.getBytes(StandardCharsets.UTF_8).length);
    }
}
