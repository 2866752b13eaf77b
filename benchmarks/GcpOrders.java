import com.ecommerce.orders.gcp.testkit.GoogleInvoker;
import com.ecommerce.orders.testkit.Tokens;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A client that sends the same new order again and again over one connection. */
final class GcpOrders {

    private static final Map<String, Object> CLAIMS = Map.of(
            "tenant_id", "benchmark",
            "sub", "alice",
            "email", "alice@example.org",
            "scope", "orders:read orders:write");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String order;
    private final String[] headers;

    private GcpOrders(String order, String... headers) {
        this.order = order;
        this.headers = headers;
    }

    /** Returns a client that sends a token, which the function verifies. */
    static GcpOrders withToken(Tokens tokens, String order) {
        return new GcpOrders(order, "Authorization", "Bearer " + tokens.mint(CLAIMS));
    }

    /** Returns a client that sends the claims of a token, as API Gateway does. */
    static GcpOrders behindTheGateway(String order) {
        byte[] claims = JsonMapper.shared().writeValueAsBytes(CLAIMS);
        return new GcpOrders(
                order, "X-Apigateway-Api-Userinfo", Base64.getUrlEncoder().encodeToString(claims));
    }

    void create(GoogleInvoker invoker) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(invoker.uri().resolve("/orders"))
                .header("Content-Type", "application/json")
                .headers(headers)
                .POST(HttpRequest.BodyPublishers.ofString(order, StandardCharsets.UTF_8))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 201) {
            throw new IllegalStateException(
                    "No order was created: " + response.statusCode() + " " + response.body() + invoker.errors());
        }
    }
}
