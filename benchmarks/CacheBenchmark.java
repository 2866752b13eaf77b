import com.ecommerce.orders.local.testkit.ApiProcess;
import com.ecommerce.orders.testkit.RedisServer;
import com.ecommerce.orders.testkit.TestDatabase;
import com.ecommerce.orders.testkit.Tokens;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Measures reads of an order without a cache, with a cache in the process, and with a cache in Redis, in turns. */
class CacheBenchmark {

    private static final int ORDERS = 1_000;
    private static final int CONNECTIONS = 16;
    private static final int WARM_UP = 20_000;
    private static final Pattern ID = Pattern.compile("^\\{\"id\":\"([^\"]+)\"");
    private static final Tokens TOKENS = new Tokens();
    private static final String TOKEN =
            TOKENS.mint(Map.of("tenant_id", "reader", "sub", "alice", "scope", "orders:read orders:write"));

    private final String order;
    private final int rounds;
    private final int calls;

    CacheBenchmark(String order, boolean quick) {
        this.order = order;
        this.rounds = quick ? 4 : 8;
        this.calls = quick ? 4_000 : 10_000;
    }

    /** Arguments: {@code quick} or {@code whole}, the jar, and the order. */
    public static void main(String[] arguments) throws Exception {
        // Otherwise the threads of the embedded database keep this program alive.
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
        CacheBenchmark benchmark =
                new CacheBenchmark(Files.readString(Path.of(arguments[2])), arguments[0].equals("quick"));
        Path jar = Path.of(arguments[1]);
        List<Api> apis = new ArrayList<>();
        RedisServer redis = null;
        try {
            apis.add(Api.start("no cache", jar, Map.of()));
            apis.add(Api.start("in the process", jar, Map.of("ORDERS_CACHE_URL", "caffeine")));
            Optional<Path> program = RedisServer.program();
            if (program.isPresent()) {
                redis = RedisServer.start(program.get());
                apis.add(Api.start("Redis", jar, Map.of("ORDERS_CACHE_URL", redis.url())));
            } else {
                System.out.println("NOT MEASURED, redis-server is missing: the cache in Redis");
            }
            benchmark.run(apis, redis);
        } finally {
            for (Api api : apis) {
                api.process.close();
            }
            if (redis != null) {
                redis.close();
            }
        }
        System.exit(0);
    }

    private void run(List<Api> apis, RedisServer redis) throws Exception {
        List<String> remembered = place(apis.get(0));
        List<ProcessHandle> stores = new ArrayList<>(database());
        if (redis != null) {
            stores.add(redis.handle());
        }
        for (Api api : apis) {
            api.read(remembered, CONNECTIONS, WARM_UP);
        }
        System.out.printf(
                "%nJava %s, %d rounds of %d reads; before %s%n%n", Runtime.version(), rounds, calls, Figures.machine());
        List<Readings> readings = apis.stream().map(api -> new Readings(rounds)).toList();
        for (int round = 0; round < rounds; round++) {
            List<String> unknown = place(apis.get(0));
            for (int i = 0; i < apis.size(); i++) {
                // Each API is first as often as any other.
                int which = (round + i) % apis.size();
                readings.get(which).take(round, apis.get(which), remembered, unknown, calls, stores);
            }
        }
        print(apis, readings);
        System.out.printf("%nafter %s%n", Figures.machine());
    }

    private static void print(List<Api> apis, List<Readings> readings) {
        Readings none = readings.get(0);
        System.out.println("| reading an order |" + each(apis.stream().map(api -> api.name)) + each(ratios(apis)));
        System.out.println("|---|" + "---|".repeat(2 * apis.size() - 1));
        row("remembered, 1 connection, p50, ms", "%.3f", readings, none.p50, each -> each.p50);
        row("the same, p99, ms", "%.2f", readings, none.p99, each -> each.p99);
        row("the same, CPU per read, API, ms", "%.3f", readings, none.apiCpu, each -> each.apiCpu);
        row("the same, CPU per read, PostgreSQL and Redis, ms", "%.3f", readings, none.storeCpu, each -> each.storeCpu);
        row("remembered, 16 connections, reads/s", "%.0f", readings, none.perSecond, each -> each.perSecond);
        row("not remembered, 1 connection, p50, ms", "%.3f", readings, none.miss, each -> each.miss);
    }

    private static Stream<String> ratios(List<Api> apis) {
        return apis.stream().skip(1).map(api -> api.name + " / no cache");
    }

    private static String each(Stream<String> cells) {
        StringBuilder row = new StringBuilder();
        cells.forEach(cell -> row.append(' ').append(cell).append(" |"));
        return row.toString();
    }

    private static void row(String name, String format, List<Readings> readings, double[] none, Values values) {
        System.out.println("| " + name + " |"
                + each(readings.stream().map(each -> Figures.spread(format, values.of(each))))
                + each(readings.stream()
                        .skip(1)
                        .map(each -> String.format(
                                Locale.ROOT, "%.2f", Figures.median(values.of(each)) / Figures.median(none)))));
    }

    /** Creates the orders through the API without a cache, so that no cache has them. */
    private List<String> place(Api api) throws Exception {
        byte[] body = order.getBytes(StandardCharsets.UTF_8);
        byte[] request = request(
                "POST /orders", "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n", order);
        List<String> ids = new ArrayList<>();
        try (Client client = new Client(api.port())) {
            for (int i = 0; i < ORDERS; i++) {
                Matcher id = ID.matcher(client.send(request, "201"));
                if (!id.find()) {
                    throw new IllegalStateException("The API answers no order");
                }
                ids.add(id.group(1));
            }
        }
        return ids;
    }

    private static byte[] request(String line, String headers, String body) {
        return (line + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + TOKEN + "\r\n" + headers + "\r\n"
                        + body)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the server's processes. The processes of connections start and end with the connections. */
    private static List<ProcessHandle> database() throws Exception {
        try (Connection connection = TestDatabase.get().connectAsSuperuser();
                ResultSet directory = connection.createStatement().executeQuery("SHOW data_directory")) {
            directory.next();
            String pid = Files.readAllLines(Path.of(directory.getString(1), "postmaster.pid"))
                    .get(0);
            return List.of(ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow());
        }
    }

    private static Duration cpu(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private interface Values {
        double[] of(Readings readings);
    }

    /** The figures of one API, round by round. */
    private static final class Readings {

        private final double[] p50;
        private final double[] p99;
        private final double[] apiCpu;
        private final double[] storeCpu;
        private final double[] perSecond;
        private final double[] miss;

        Readings(int rounds) {
            p50 = new double[rounds];
            p99 = new double[rounds];
            apiCpu = new double[rounds];
            storeCpu = new double[rounds];
            perSecond = new double[rounds];
            miss = new double[rounds];
        }

        void take(
                int round,
                Api api,
                List<String> remembered,
                List<String> unknown,
                int calls,
                List<ProcessHandle> stores)
                throws Exception {
            api.read(remembered, 1, remembered.size());
            Duration own = api.process.cpu();
            Duration others = total(stores);
            double[] one = api.read(remembered, 1, calls);
            apiCpu[round] = api.process.cpu().minus(own).toNanos() / 1e6 / calls;
            storeCpu[round] = total(stores).minus(others).toNanos() / 1e6 / calls;
            p50[round] = Figures.percentile(one, 50);
            p99[round] = Figures.percentile(one, 99);
            long start = System.nanoTime();
            api.read(remembered, CONNECTIONS, 2 * calls);
            perSecond[round] = 2 * calls / ((System.nanoTime() - start) / 1e9);
            miss[round] = Figures.percentile(api.read(unknown, 1, unknown.size()), 50);
        }

        private static Duration total(List<ProcessHandle> processes) {
            return processes.stream().map(CacheBenchmark::cpu).reduce(Duration.ZERO, Duration::plus);
        }
    }

    /** The packaged API in its own process. */
    private record Api(String name, ApiProcess process) {

        static Api start(String name, Path jar, Map<String, String> cache) throws Exception {
            Map<String, String> settings = new HashMap<>(TestDatabase.get().settings());
            settings.putAll(TOKENS.settings());
            if (!cache.isEmpty()) {
                // Longer than the benchmark, so no order leaves the cache.
                settings.put("ORDERS_CACHE_TTL", "1h");
                settings.putAll(cache);
            }
            return new Api(name, ApiProcess.startForLoad(Files.createTempDirectory("cache"), jar, settings));
        }

        int port() {
            return process.uri().getPort();
        }

        /** Reads orders in turn over this many connections. Returns the milliseconds of each read. */
        double[] read(List<String> ids, int connections, int calls) throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(connections);
            List<Callable<double[]>> clients = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                int first = i;
                clients.add(() -> {
                    try (Client client = new Client(port())) {
                        double[] milliseconds = new double[calls / connections];
                        for (int call = 0; call < milliseconds.length; call++) {
                            byte[] request = request("GET /orders/" + ids.get((first + call) % ids.size()), "", "");
                            long start = System.nanoTime();
                            client.send(request, "200");
                            milliseconds[call] = (System.nanoTime() - start) / 1e6;
                        }
                        return milliseconds;
                    }
                });
            }
            List<double[]> all = new ArrayList<>();
            for (Future<double[]> client : threads.invokeAll(clients)) {
                all.add(client.get());
            }
            threads.shutdown();
            return all.stream()
                    .flatMapToDouble(each -> IntStream.range(0, each.length).mapToDouble(i -> each[i]))
                    .toArray();
        }
    }

    /** A connection that is kept and sends one request at a time. */
    private static final class Client implements AutoCloseable {

        private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)\r\n");

        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        Client(int port) throws IOException {
            socket = new Socket("127.0.0.1", port);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        }

        /** Returns the body of the response, which must have this status. */
        String send(byte[] request, String status) throws IOException {
            out.write(request);
            StringBuilder head = new StringBuilder(512);
            while (head.length() < 4 || head.lastIndexOf("\r\n\r\n") != head.length() - 4) {
                int next = in.read();
                if (next < 0) {
                    throw new IOException("The connection was closed");
                }
                head.append((char) next);
            }
            Matcher length = LENGTH.matcher(head);
            String body = length.find()
                    ? new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8)
                    : "";
            if (!head.substring(0, head.indexOf("\r\n")).contains(" " + status)) {
                throw new IllegalStateException(head + body);
            }
            return body;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
