import com.ecommerce.orders.conformance.Tokens;
import com.ecommerce.orders.postgres.TestDatabase;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Measures how many orders a second the local API takes over kept connections, beside pgbench with the same SQL. */
class LoadBenchmark {

    private static final int[] CONNECTIONS = {1, 2, 4, 8, 16, 32};
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
    private final int port;

    LoadBenchmark(Path jar, String order, Path script, String pgbench, boolean quick) throws IOException {
        this.jar = jar;
        this.order = order;
        this.script = script;
        this.pgbench = pgbench;
        this.rounds = quick ? 2 : 5;
        this.seconds = quick ? 3 : 8;
        try (ServerSocket free = new ServerSocket(0)) {
            this.port = free.getLocalPort();
        }
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
        // The embedded database's threads would keep this program alive.
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
        benchmark.run(Path.of(arguments[4]));
        System.exit(0);
    }

    private void run(Path csv) throws Exception {
        Process server = startServer();
        try {
            awaitServer(server);
            load(16);
            System.out.printf(
                    "%nJava %s, %d rounds of %d s; before %s%n%n",
                    Runtime.version(), rounds, seconds, Figures.machine());
            System.out.println("| connections | pgbench, orders/s | API, orders/s | API / pgbench | API p50, ms |"
                    + " API p99, ms | not 201 |");
            System.out.println("|---|---|---|---|---|---|---|");
            for (int connections : CONNECTIONS) {
                measure(connections, csv);
            }
            System.out.printf("%nafter %s%n", Figures.machine());
        } finally {
            server.destroy();
            server.waitFor(30, TimeUnit.SECONDS);
        }
    }

    private void measure(int connections, Path csv) throws Exception {
        double[] base = new double[rounds];
        double[] api = new double[rounds];
        List<Load> loads = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            base[i] = pgbench.isEmpty() ? Double.NaN : runPgbench(connections);
            Load load = load(connections);
            api[i] = load.perSecond();
            loads.add(load);
        }
        System.out.printf(
                Locale.ROOT,
                "| %d | %s | %s | %.2f | %.2f | %.2f | %d |%n",
                connections,
                Figures.spread("%.0f", base),
                Figures.spread("%.0f", api),
                Figures.median(api) / Figures.median(base),
                Figures.median(loads.stream().mapToDouble(Load::p50).toArray()),
                Figures.median(loads.stream().mapToDouble(Load::p99).toArray()),
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

    private Process startServer() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString());
        Map<String, String> environment = builder.environment();
        environment.put("PORT", Integer.toString(port));
        environment.put("HOST", "127.0.0.1");
        environment.put("DB_URL", TestDatabase.get().url());
        environment.put("DB_USER", TestDatabase.USER);
        environment.put("DB_PASSWORD", TestDatabase.PASSWORD);
        environment.put("ORDERS_IDENTITY_JWT_ISSUER", TOKENS.issuer());
        environment.put("ORDERS_IDENTITY_JWT_AUDIENCE", TOKENS.audience());
        environment.put("ORDERS_IDENTITY_JWT_JWKSET", TOKENS.jwkSetJson());
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private void awaitServer(Process server) throws Exception {
        while (server.isAlive()) {
            try {
                new Socket("127.0.0.1", port).close();
                return;
            } catch (IOException notYet) {
                Thread.sleep(50);
            }
        }
        throw new IllegalStateException("The API does not start");
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

    private Load load(int connections) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        long start = System.nanoTime();
        long end = start + TimeUnit.SECONDS.toNanos(seconds);
        List<Callable<List<Double>>> clients = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            byte[] request = request("tenant" + i % TENANTS);
            clients.add(() -> send(request, end));
        }
        List<Double> milliseconds = new ArrayList<>();
        for (Future<List<Double>> client : threads.invokeAll(clients)) {
            milliseconds.addAll(client.get());
        }
        threads.shutdown();
        double elapsed = (System.nanoTime() - start) / 1e9;
        double[] answered = milliseconds.stream()
                .mapToDouble(Double::doubleValue)
                .filter(each -> each >= 0)
                .toArray();
        return new Load(
                answered.length / elapsed,
                Figures.percentile(answered, 50),
                Figures.percentile(answered, 99),
                milliseconds.size() - answered.length);
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

    /** One request after the other over one connection: milliseconds of each, below 0 for one that was refused. */
    private List<Double> send(byte[] request, long end) throws IOException {
        List<Double> milliseconds = new ArrayList<>();
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            while (System.nanoTime() < end) {
                long sent = System.nanoTime();
                out.write(request);
                boolean created = readAnswer(in);
                milliseconds.add(created ? (System.nanoTime() - sent) / 1e6 : -1);
            }
        }
        return milliseconds;
    }

    private static boolean readAnswer(InputStream in) throws IOException {
        String status = readLine(in);
        int length = 0;
        for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        in.skipNBytes(length);
        return status.contains(" 201");
    }

    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(80);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("The connection was closed");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private record Load(double perSecond, double p50, double p99, int refused) {}
}
