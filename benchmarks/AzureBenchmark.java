import com.ecommerce.orders.azure.testkit.StagedApp;
import com.ecommerce.orders.testkit.TestDatabase;
import com.ecommerce.orders.testkit.Tokens;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Measures the artifact for Azure and the floor in turns, both in Azure's Java worker or in the stand-in for it. */
final class AzureBenchmark {

    private static final int CALLS = 2_000;
    private static final Tokens TOKENS = new Tokens(
            "https://issuer.example.org",
            "orders-api",
            Map.of("tenant_id", "tid", "sub", "oid", "email", "preferred_username", "scope", "scp"));
    private static final Map<String, Object> CLAIMS = Map.of(
            "tenant_id", "benchmark",
            "sub", "alice",
            "email", "alice@example.org",
            "scope", "orders:read orders:write");

    /** The claims as App Service authentication passes them. */
    private static final String PRINCIPAL =
            """
            {"auth_typ":"aad","name_typ":"name","role_typ":"roles","claims":[
            {"typ":"http://schemas.microsoft.com/identity/claims/tenantid","val":"benchmark"},
            {"typ":"http://schemas.microsoft.com/identity/claims/objectidentifier","val":"alice"},
            {"typ":"preferred_username","val":"alice@example.org"},
            {"typ":"roles","val":"orders:read"},{"typ":"roles","val":"orders:write"}]}""";

    private AzureBenchmark() {}

    /** Arguments: {@code quick} or {@code whole}, the directory of the results, an order, JDKs. */
    public static void main(String[] arguments) {
        run(AzureBenchmark::start, arguments, 0);
    }

    /**
     * @param launcher the way to start a program
     * @param first the position of the first argument of {@link #main}
     */
    static void run(Launcher launcher, String[] arguments, int first) {
        Benchmark.run(() -> measure(launcher, List.of(arguments).subList(first, arguments.length)));
    }

    private static void measure(Launcher launcher, List<String> arguments) throws Exception {
        boolean quick = arguments.get(0).equals("quick");
        Path work = Path.of(arguments.get(1)).toAbsolutePath();
        List<Program> programs = programs(launcher, work.resolve("floor"), Files.readString(Path.of(arguments.get(2))));
        for (String jdk : arguments.subList(3, arguments.size())) {
            new Turns(work, Path.of(jdk), quick ? 4 : 8, quick ? CALLS / 4 : CALLS).run(programs, Turns.Start.PLAIN);
        }
    }

    private static List<Program> programs(Launcher launcher, Path floor, String order) {
        Map<String, String> settings = new HashMap<>(TestDatabase.get().settings());
        settings.put("MAIN_CLASS", "com.ecommerce.orders.azure.AzureApplication");
        Map<String, String> gateway = new HashMap<>(settings);
        gateway.put("ORDERS_IDENTITY_MODE", "gateway");
        gateway.put("ORDERS_IDENTITY_TENANTS_ALLOWED", "benchmark");
        gateway.put("WEBSITE_AUTH_ENABLED", "True");
        Map<String, String> jwt = new HashMap<>(settings);
        jwt.putAll(TOKENS.settings());
        String principal = Base64.getEncoder().encodeToString(PRINCIPAL.getBytes(StandardCharsets.UTF_8));
        String token = "Bearer " + TOKENS.mint(CLAIMS);
        Path api = StagedApp.FOLDER;
        return List.of(
                new Program(launcher, "floor", floor, settings, order, Map.of()),
                new Program(launcher, "API, gateway", api, gateway, order, Map.of("x-ms-client-principal", principal)),
                new Program(launcher, "API, jwt", api, jwt, order, Map.of("authorization", token)));
    }

    private static Turns.Running start(Path jdk, Program program, List<String> options) throws Exception {
        long started = System.nanoTime();
        return new Running(
                StagedApp.start(jdk, program.folder(), "benchmark", program.settings(), options), started, program);
    }

    /** A way to start a program. */
    interface Launcher {

        Turns.Running start(Path jdk, Program program, List<String> options) throws Exception;
    }

    /** @param headers the headers of each request, with names in lower case */
    record Program(
            Launcher launcher,
            String name,
            Path folder,
            Map<String, String> settings,
            String order,
            Map<String, String> headers)
            implements Turns.Program {

        @Override
        public Turns.Running start(Path jdk, Turns.Start start, String... options) throws Exception {
            return launcher.start(jdk, this, List.of(options));
        }

        @Override
        public void train(Path jdk) {
            throw new UnsupportedOperationException("An uploaded function has no cache of classes");
        }
    }

    private static final class Running implements Turns.Running {

        private final HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final StagedApp app;
        private final HttpRequest request;
        private long start;

        Running(StagedApp app, long started, Program program) {
            this.app = app;
            this.start = started;
            HttpRequest.Builder builder = HttpRequest.newBuilder(app.uri().resolve("/orders"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(program.order()));
            program.headers().forEach(builder::header);
            this.request = builder.build();
        }

        @Override
        public double create() throws Exception {
            if (start == 0) {
                start = System.nanoTime();
            }
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            double milliseconds = (System.nanoTime() - start) / 1e6;
            start = 0;
            if (response.statusCode() != 201) {
                throw new IllegalStateException(
                        "No order was created: " + response.statusCode() + " " + response.body() + app.log());
            }
            return milliseconds;
        }

        @Override
        public double cpuSeconds() {
            return app.cpu().toMillis() / 1e3;
        }

        @Override
        public void close() throws Exception {
            app.close();
        }
    }
}
