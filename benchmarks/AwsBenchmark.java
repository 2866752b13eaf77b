import com.ecommerce.orders.conformance.Tokens;
import com.ecommerce.orders.postgres.TestDatabase;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Measures the unpacked AWS artifact beside the floor handler, both under Amazon's runtime interface client. */
class AwsBenchmark {

    private static final String INVOKER =
            "org.springframework.cloud.function.adapter.aws.FunctionInvoker::handleRequest";
    private static final int ROUNDS = 8;
    private static final int CALLS = 2_000;
    private static final int FIRST_CALLS = 100;

    private static final Tokens TOKENS = new Tokens(
            "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Example01",
            "1example23456789userclient",
            Map.of("tenant_id", "custom:tenant_id"));

    private final Path work;
    private final byte[] event;
    private final Path jdk;

    AwsBenchmark(Path work, byte[] event, Path jdk) {
        this.work = work;
        this.event = event;
        this.jdk = jdk;
    }

    /** Arguments: the directory with {@code api} and {@code floor}, the event, its body, and the JDKs to run them on. */
    public static void main(String[] arguments) throws Exception {
        Path work = Path.of(arguments[0]).toAbsolutePath();
        byte[] event = event(Path.of(arguments[1]), Path.of(arguments[2]));
        for (String jdk : Arrays.asList(arguments).subList(3, arguments.length)) {
            new AwsBenchmark(work, event, Path.of(jdk)).run();
        }
        // Else the embedded database's threads keep this program alive.
        System.exit(0);
    }

    /** The sample, with a token that is one, an order of two items, and no key that would make its repetition a replay. */
    private static byte[] event(Path sample, Path order) throws IOException {
        ObjectNode event = (ObjectNode) JsonMapper.shared().readTree(Files.readAllBytes(sample));
        String token = TOKENS.mint(Map.of(
                "tenant_id", "benchmark",
                "sub", "alice",
                "email", "alice@example.org",
                "scope", "orders-api/orders:read orders-api/orders:write"));
        ObjectNode headers = (ObjectNode) event.get("headers");
        headers.remove("idempotency-key");
        headers.put("authorization", "Bearer " + token);
        event.put("body", Files.readString(order));
        return JsonMapper.shared().writeValueAsBytes(event);
    }

    private void run() throws Exception {
        Variant floor = new Variant("floor", "floor", "FloorHandler::handleRequest", databaseSettings());
        List<Variant> variants = List.of(jwt(), gateway(), floor);
        double load = load();
        Map<Variant, List<Round>> rounds = new LinkedHashMap<>();
        // In turns, so that all of them get of what others do on this machine. The first round, in which files and this
        // program are still cold, does not count.
        for (int i = 0; i <= ROUNDS; i++) {
            for (Variant variant : variants) {
                Round round = measure(variant);
                if (i > 0) {
                    rounds.computeIfAbsent(variant, first -> new ArrayList<>()).add(round);
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%nJava %s, %d cores, load average %.1f before and %.1f after%n%n",
                version(),
                Runtime.getRuntime().availableProcessors(),
                load,
                load());
        print(List.copyOf(rounds.values()));
        printClasses(variants);
    }

    /** What the template deploys: the gateway has verified the token. */
    private static Variant gateway() {
        Map<String, String> settings = apiSettings();
        settings.put("ORDERS_IDENTITY_MODE", "gateway");
        return new Variant("api-gateway", "api", INVOKER, settings);
    }

    private static Variant jwt() {
        Map<String, String> settings = apiSettings();
        settings.put("ORDERS_IDENTITY_JWT_ISSUER", TOKENS.issuer());
        settings.put("ORDERS_IDENTITY_JWT_AUDIENCE", TOKENS.audience());
        settings.put("ORDERS_IDENTITY_JWT_JWKSET", TOKENS.jwkSetJson());
        return new Variant("api-jwt", "api", INVOKER, settings);
    }

    private static Map<String, String> apiSettings() {
        Map<String, String> settings = new HashMap<>(databaseSettings());
        settings.put("MAIN_CLASS", "com.ecommerce.orders.OrdersApplication");
        return settings;
    }

    private static Map<String, String> databaseSettings() {
        return Map.of(
                "DB_URL", TestDatabase.get().url(),
                "DB_USER", TestDatabase.USER,
                "DB_PASSWORD", TestDatabase.PASSWORD);
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private String version() throws Exception {
        return Files.readAllLines(jdk.resolve("release")).stream()
                .filter(line -> line.startsWith("JAVA_RUNTIME_VERSION") || line.startsWith("IMPLEMENTOR="))
                .map(line -> line.replaceAll(".*=|\"", ""))
                .collect(Collectors.joining(" "));
    }

    private Round measure(Variant variant) throws Exception {
        try (Function function = new Function(variant)) {
            double cold = function.call();
            double coldCpu = function.cpuSeconds();
            double[] warm = new double[CALLS];
            for (int i = 0; i < CALLS; i++) {
                warm[i] = function.call();
            }
            double warmCpu = function.cpuSeconds() - coldCpu;
            return new Round(
                    cold,
                    coldCpu,
                    percentile(Arrays.copyOf(warm, FIRST_CALLS), 50),
                    percentile(warm, 50),
                    percentile(warm, 99),
                    warmCpu * 1_000 / CALLS);
        }
    }

    /** Of a run of its own, since the log takes time. It stays, to be looked into. */
    private int countClasses(Variant variant) throws Exception {
        Path log = work.resolve("classes-" + variant.name() + "-" + jdk.getFileName() + ".log");
        Files.deleteIfExists(log);
        try (Function function = new Function(variant, "-Xlog:class+load:file=" + log)) {
            function.call();
            try (Stream<String> lines = Files.lines(log)) {
                return (int) lines.filter(line -> line.contains("source:")).count();
            }
        }
    }

    private static double percentile(double[] values, int percent) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length * percent / 100];
    }

    private static void print(List<List<Round>> rounds) {
        System.out.println("| measure | API, jwt | API, gateway | floor | jwt / floor | gateway / floor |");
        System.out.println("|---|---|---|---|---|---|");
        print("cold, ms", "%.0f", Round::cold, rounds);
        print("cold CPU, s", "%.2f", Round::coldCpu, rounds);
        print("first 100 calls, p50, ms", "%.2f", Round::first, rounds);
        print("warm, p50, ms", "%.2f", Round::median, rounds);
        print("warm, p99, ms", "%.2f", Round::p99, rounds);
        print("warm, CPU per call, ms", "%.2f", Round::cpuPerCall, rounds);
    }

    private static void print(String name, String format, ToDoubleFunction<Round> measure, List<List<Round>> rounds) {
        List<double[]> values = rounds.stream()
                .map(each -> each.stream().mapToDouble(measure).toArray())
                .toList();
        print(
                name,
                values.stream().map(each -> spread(format, each)).toList(),
                values.stream().map(AwsBenchmark::median).toList());
    }

    private void printClasses(List<Variant> variants) throws Exception {
        List<Double> counts = new ArrayList<>();
        for (Variant variant : variants) {
            counts.add((double) countClasses(variant));
        }
        List<String> texts = counts.stream()
                .map(each -> String.format(Locale.ROOT, "%.0f", each))
                .toList();
        print("classes loaded", texts, counts);
    }

    private static void print(String name, List<String> texts, List<Double> values) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.2f | %.2f |%n",
                name,
                String.join(" | ", texts),
                values.get(0) / values.get(2),
                values.get(1) / values.get(2));
    }

    private static String spread(String format, double[] values) {
        return String.format(
                Locale.ROOT,
                format + " (" + format + " to " + format + ")",
                median(values),
                Arrays.stream(values).min().orElseThrow(),
                Arrays.stream(values).max().orElseThrow());
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** @param directory to Lambda, that of the unpacked artifact */
    private record Variant(String name, String directory, String handler, Map<String, String> settings) {}

    private record Round(double cold, double coldCpu, double first, double median, double p99, double cpuPerCall) {}

    /** A process as Lambda's managed runtime starts it. One at a time: the client unpacks its library to a fixed place. */
    private final class Function implements AutoCloseable {

        private final RuntimeApi api = new RuntimeApi();
        private final Path log;
        private final Process process;
        private final long started;
        private boolean warm;

        Function(Variant variant, String... options) throws IOException {
            log = work.resolve(variant.name() + ".log");
            List<String> command = new ArrayList<>();
            command.add(jdk.resolve("bin").resolve("java").toString());
            command.addAll(List.of(
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xmx400m",
                    "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac"));
            command.addAll(List.of(options));
            command.addAll(List.of(
                    "-cp",
                    runtimeInterfaceClient(),
                    "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                    variant.handler()));
            Path directory = work.resolve(variant.directory());
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
            builder.environment().putAll(variant.settings());
            builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
            builder.environment().put("_HANDLER", variant.handler());
            builder.environment().put("LAMBDA_TASK_ROOT", directory.toString());
            started = System.nanoTime();
            process = builder.start();
        }

        /** Milliseconds from the event to its whole answer; the first time, from the start of the process. */
        double call() throws Exception {
            long start = warm ? System.nanoTime() : started;
            byte[] answer = api.invoke(event);
            double milliseconds = (System.nanoTime() - start) / 1e6;
            if (answer == null || !new String(answer, StandardCharsets.UTF_8).contains("\"statusCode\":201")) {
                throw new IllegalStateException("No order was created; see " + log);
            }
            warm = true;
            return milliseconds;
        }

        double cpuSeconds() {
            return process.info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
        }

        @Override
        public void close() throws Exception {
            process.destroyForcibly().waitFor();
            api.close();
        }
    }

    /** The jars that Lambda's runtime brings itself. */
    private static String runtimeInterfaceClient() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> Path.of(jar)
                        .getFileName()
                        .toString()
                        .matches("(aws-lambda-java-(core|serialization|runtime-interface-client)|utils-lite)-.*"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Lambda's Runtime API, from which the client fetches events and to which it hands answers. */
    private static final class RuntimeApi implements AutoCloseable {

        static {
            // Else an answer's body waits for the acknowledgement of its head, 40 ms.
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }

        private final BlockingQueue<byte[]> events = new LinkedBlockingQueue<>();
        private final BlockingQueue<byte[]> answers = new LinkedBlockingQueue<>();
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final HttpServer server;
        private int count;

        RuntimeApi() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/", this::handle);
            server.start();
        }

        String address() {
            return "127.0.0.1:" + server.getAddress().getPort();
        }

        byte[] invoke(byte[] event) throws InterruptedException {
            events.add(event);
            return answers.poll(60, TimeUnit.SECONDS);
        }

        private void handle(HttpExchange exchange) throws IOException {
            try (exchange) {
                if (exchange.getRequestURI().getPath().endsWith("/next")) {
                    next(exchange);
                } else {
                    // An answer or an error; the caller sees by its content which.
                    answers.add(exchange.getRequestBody().readAllBytes());
                    exchange.sendResponseHeaders(202, -1);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void next(HttpExchange exchange) throws IOException, InterruptedException {
            byte[] event = events.take();
            Map.of(
                            "Lambda-Runtime-Aws-Request-Id",
                            "request-" + ++count,
                            "Lambda-Runtime-Deadline-Ms",
                            Long.toString(System.currentTimeMillis() + 28_000),
                            "Lambda-Runtime-Invoked-Function-Arn",
                            "arn:aws:lambda:eu-central-1:123456789012:function:orders:live",
                            "Content-Type",
                            "application/json")
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            exchange.sendResponseHeaders(200, event.length);
            exchange.getResponseBody().write(event);
        }

        @Override
        public void close() {
            server.stop(0);
            threads.shutdownNow();
        }
    }
}
