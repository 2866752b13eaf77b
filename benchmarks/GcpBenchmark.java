import com.ecommerce.orders.gcp.testkit.Deployment;
import com.ecommerce.orders.gcp.testkit.GoogleInvoker;
import com.ecommerce.orders.testkit.TestDatabase;
import com.ecommerce.orders.testkit.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Measures the artifact for Google Cloud and the floor in turns, both in Google's invoker. */
final class GcpBenchmark {

    private static final int CALLS = 2_000;
    private static final String INVOKER = "2.0.0";
    private static final Tokens TOKENS = new Tokens();
    private static final Map<String, Object> CLAIMS = Map.of(
            "tenant_id", "benchmark",
            "sub", "alice",
            "email", "alice@example.org",
            "scope", "orders:read orders:write");

    private GcpBenchmark() {}

    /** Arguments: {@code quick} or {@code whole}, the directory of the results, the class path of the floor, an order, JDKs. */
    public static void main(String[] arguments) {
        try {
            measure(arguments);
            // Otherwise the threads of the embedded database keep this program alive.
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void measure(String... arguments) throws Exception {
        boolean quick = arguments[0].equals("quick");
        List<Program> programs = programs(arguments[2], Files.readString(Path.of(arguments[3])));
        for (String jdk : Arrays.asList(arguments).subList(4, arguments.length)) {
            new Turns(Path.of(arguments[1]).toAbsolutePath(), Path.of(jdk), quick ? 4 : 8, quick ? CALLS / 4 : CALLS)
                    .run(programs, Turns.Start.PLAIN);
        }
    }

    private static List<Program> programs(String floor, String order) {
        Map<String, String> settings = TestDatabase.get().settings();
        Map<String, String> gateway = new HashMap<>(settings);
        gateway.put("ORDERS_IDENTITY_MODE", "gateway");
        Map<String, String> jwt = new HashMap<>(settings);
        jwt.putAll(TOKENS.settings());
        String claims = Base64.getUrlEncoder()
                .encodeToString(tools.jackson.databind.json.JsonMapper.shared().writeValueAsBytes(CLAIMS));
        return List.of(
                new Program(
                        "floor",
                        Deployment.ofSource(INVOKER, settings, floor).with("FUNCTION_TARGET", "GcpFloor"),
                        order),
                new Program(
                        "API, gateway",
                        Deployment.ofSource(INVOKER, gateway),
                        order,
                        "X-Apigateway-Api-Userinfo",
                        claims),
                new Program(
                        "API, jwt",
                        Deployment.ofSource(INVOKER, jwt),
                        order,
                        "Authorization",
                        "Bearer " + TOKENS.mint(CLAIMS)));
    }

    private record Program(String name, Deployment deployment, String order, String... headers)
            implements Turns.Program {

        @Override
        public Turns.Running start(Path jdk, Turns.Start start, String... options) throws IOException {
            long started = System.nanoTime();
            return new Running(GoogleInvoker.launch(deployment.on(jdk).withOptions(options)), started, this);
        }

        @Override
        public void train(Path jdk) {
            throw new UnsupportedOperationException("An uploaded function has no cache of classes");
        }

        HttpRequest request(URI uri) {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri.resolve("/orders"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(order, StandardCharsets.UTF_8));
            return headers.length == 0
                    ? request.build()
                    : request.headers(headers).build();
        }
    }

    private static final class Running implements Turns.Running {

        private final HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final GoogleInvoker invoker;
        private final HttpRequest request;
        private long start;

        Running(GoogleInvoker invoker, long started, Program program) {
            this.invoker = invoker;
            this.start = started;
            this.request = program.request(invoker.uri());
        }

        @Override
        public double create() throws Exception {
            if (start == 0) {
                start = System.nanoTime();
            } else {
                invoker.awaitPort();
            }
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            double milliseconds = (System.nanoTime() - start) / 1e6;
            start = 0;
            if (response.statusCode() != 201) {
                throw new IllegalStateException(
                        "No order was created: " + response.statusCode() + " " + response.body() + invoker.errors());
            }
            return milliseconds;
        }

        @Override
        public double cpuSeconds() {
            return invoker.cpuMillis() / 1e3;
        }

        @Override
        public void close() {
            invoker.close();
        }
    }
}
