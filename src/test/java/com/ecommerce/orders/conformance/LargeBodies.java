package com.ecommerce.orders.conformance;

import com.ecommerce.orders.testkit.Tokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Sends 30 orders of nearly 1 MiB for one tenant at once, as dry runs. */
public final class LargeBodies {

    private static final int COUNT = 30;

    private LargeBodies() {}

    /** Returns the status of each response. */
    public static List<Integer> send(URI api, Tokens tokens) {
        String token = tokens.mint(Map.of("tenant_id", "large", "sub", "alice", "scope", "orders:write"));
        HttpRequest request = HttpRequest.newBuilder(api.resolve("/orders?dryRun=true"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(largestOrder()))
                .build();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        List<CompletableFuture<HttpResponse<Void>>> sent = IntStream.range(0, COUNT)
                .mapToObj(i -> client.sendAsync(request, HttpResponse.BodyHandlers.discarding()))
                .toList();
        return sent.stream()
                .map(CompletableFuture::join)
                .map(HttpResponse::statusCode)
                .toList();
    }

    private static String largestOrder() {
        String face = "\\ud83d\\ude00";
        String item = "{\"sku\":\"" + face.repeat(100) + "\",\"name\":\"" + face.repeat(60)
                + "\",\"quantity\":1,\"unitPrice\":5}";
        return "{\"currency\":\"EUR\",\"items\":[" + item + ("," + item).repeat(499) + "]}";
    }
}
