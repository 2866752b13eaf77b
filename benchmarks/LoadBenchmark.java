import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.ecommerce.orders.local.testkit.ApiProcess;
import com.ecommerce.orders.testkit.TestDatabase;
import com.ecommerce.orders.testkit.Tokens;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/** Measures the orders per second of the local API over kept connections, in turns with pgbench and the same SQL. */
class LoadBenchmark {

    private static final int[] CONNECTIONS = {1, 2, 4, 8, 16, 32};
    private static final int WARM_UP_CONNECTIONS = 16;
    /**
     * The number of orders before the measurement. After them the just-in-time compiler has finished most of its work.
     */
    private static final int WARM_UP_ORDERS = 60_000;

    private static final int TENANTS = 8;
    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+)");
    private static final Pattern PORT = Pattern.compile(":([0-9]+)/");
    private static final Tokens TOKENS = new Tokens();

    private final Path jar;
    private final String order;
    private final Path script;
    private final String pgbench;
    private final int rounds;
    private final int seconds;
    private ApiProcess server;

    LoadBenchmark(Path jar, String order, Path script, String pgbench, boolean quick) {
        this.jar = jar;
        this.order = order;
        this.script = script;
        this.pgbench = pgbench;
        this.rounds = quick ? 2 : 5;
        this.seconds = quick ? 3 : 4;
    }

    /** Arguments: {@code quick} or {@code whole}, the jar, the order, pgbench's script, the CSV, and pgbench if there is one. */
    public static void main(String[] arguments) throws Exception {
        String pgbench = arguments.length > 5 ? arguments[5] : "";
        LoadBenchmark benchmark = new LoadBenchmark(
                Path.of(arguments[1]),
                Files.readString(Path.of(arguments[2])),
                Path.of(arguments[3]),
                pgbench,
                arguments[0].equals("quick"));
        // Otherwise the threads of the embedded database keep this program alive.
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        benchmark.run(Path.of(arguments[4]));
        System.exit(0);
    }

    private void run(Path csv) throws Exception {
        try (ApiProcess started = startServer()) {
            server = started;
            warmUp();
            System.out.printf(
                    "%nJava %s, %d rounds of %d s; before %s%n%n",
                    Runtime.version(), rounds, seconds, Figures.machine());
            System.out.println("| connections | pgbench, orders/s | API, orders/s | API / pgbench | API p50, ms |"
                    + " API p99, ms | API's CPU per order, ms | not 201 |");
            System.out.println("|---|---|---|---|---|---|---|---|");
            for (int connections : CONNECTIONS) {
                measure(connections, csv);
            }
            System.out.printf("%nafter %s%n", Figures.machine());
        }
    }

    private void warmUp() throws Exception {
        int orders = 0;
        while (orders < WARM_UP_ORDERS) {
            orders += load(WARM_UP_CONNECTIONS, seconds).created();
        }
    }

    private void measure(int connections, Path csv) throws Exception {
        double[] base = new double[rounds];
        double[] ratios = new double[rounds];
        List<Load> loads = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            base[i] = pgbench.isEmpty() ? Double.NaN : runPgbench(connections);
            Load load = load(connections, seconds);
            ratios[i] = load.perSecond() / base[i];
            loads.add(load);
        }
        double[] api = values(loads, Load::perSecond);
        System.out.printf(
                Locale.ROOT,
                "| %d | %s | %s | %s | %.2f | %.2f | %s | %d |%n",
                connections,
                Figures.spread("%.0f", base),
                Figures.spread("%.0f", api),
                Figures.spread("%.2f", ratios),
                Figures.median(values(loads, Load::p50)),
                Figures.median(values(loads, Load::p99)),
                Figures.spread("%.2f", values(loads, Load::cpu)),
                loads.stream().mapToInt(Load::refused).sum());
        Files.writeString(
                csv,
                String.format(
                        Locale.ROOT,
                        "%d,pgbench,%.0f%n%d,local API,%.0f%n",
                        connections,
                        Figures.median(base),
                        connections,
                        Figures.median(api)),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private static double[] values(List<Load> loads, ToDoubleFunction<Load> value) {
        return loads.stream().mapToDouble(value).toArray();
    }

    private ApiProcess startServer() throws Exception {
        Map<String, String> settings = new HashMap<>(TestDatabase.get().settings());
        settings.putAll(TOKENS.settings());
        return ApiProcess.startForLoad(Files.createTempDirectory("load"), jar, settings);
    }

    private double runPgbench(int connections) throws Exception {
        Matcher database = PORT.matcher(TestDatabase.get().url());
        if (!database.find()) {
            throw new IllegalStateException("The database has no port");
        }
        ProcessBuilder builder = new ProcessBuilder(
                pgbench,
                "--no-vacuum",
                "--host=localhost",
                "--port=" + database.group(1),
                "--username=" + TestDatabase.USER,
                "--protocol=prepared",
                "--client=" + connections,
                "--jobs=" + Math.min(connections, Runtime.getRuntime().availableProcessors()),
                "--time=" + seconds,
                "--file=" + script,
                "orders");
        builder.environment().put("PGPASSWORD", TestDatabase.PASSWORD);
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher tps = TPS.matcher(output);
        if (!tps.find()) {
            throw new IllegalStateException(output);
        }
        return Double.parseDouble(tps.group(1));
    }

    private Load load(int connections, int seconds) throws Exception {
        List<byte[]> requests = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            requests.add(request("tenant" + i % TENANTS));
        }
        Duration cpu = server.cpu();
        long start = System.nanoTime();
        Clients clients = Clients.run(server.uri().getPort(), requests, start + TimeUnit.SECONDS.toNanos(seconds));
        double elapsed = (System.nanoTime() - start) / 1e9;
        double[] milliseconds = clients.milliseconds();
        return new Load(
                milliseconds.length,
                milliseconds.length / elapsed,
                Figures.percentile(milliseconds, 50),
                Figures.percentile(milliseconds, 99),
                server.cpu().minus(cpu).toNanos() / 1e6 / milliseconds.length,
                clients.refused());
    }

    private byte[] request(String tenant) {
        String token = TOKENS.mint(Map.of(
                "tenant_id",
                tenant,
                "sub",
                "alice",
                "email",
                "alice@example.org",
                "scope",
                "orders:read orders:write"));
        byte[] body = order.getBytes(StandardCharsets.UTF_8);
        byte[] head =
                ("POST /orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                                + token + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8);
        byte[] request = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    private record Load(int created, double perSecond, double p50, double p99, double cpu, int refused) {}
}
