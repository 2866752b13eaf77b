import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Measures the packaged local API: from the start of the process to its first order, and warm calls one by one. */
class LocalBenchmark {

    private static final int STARTS = 5;
    private static final int WARM_UP = 1_000;
    private static final int CALLS = 2_000;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path jar;
    private final String order;
    private final int port;

    LocalBenchmark(Path jar, String order, int port) {
        this.jar = jar;
        this.order = order;
        this.port = port;
    }

    public static void main(String[] arguments) throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            int port = free.getLocalPort();
            free.close();
            new LocalBenchmark(Path.of(arguments[0]), Files.readString(Path.of(arguments[1])), port).run();
        }
    }

    private void run() throws Exception {
        System.out.println(
                "JVM " + Runtime.version() + ", " + Runtime.getRuntime().availableProcessors() + " cores");
        List<Double> fresh = new ArrayList<>();
        List<Double> again = new ArrayList<>();
        Path last = null;
        for (int i = 0; i < STARTS; i++) {
            last = Files.createTempDirectory("benchmark");
            fresh.add(start(last, false));
            again.add(start(last, false));
        }
        print("start to first 201, new data directory", fresh);
        print("start to first 201, existing data directory", again);
        start(last, true);
    }

    /** Returns the milliseconds from the start of the process to the first order. */
    private double start(Path data, boolean measureCalls) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString());
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().put("ORDERS_DATA_DIR", data.toString());
        long start = System.nanoTime();
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(data.resolve("api.log").toFile())
                .start();
        try {
            String token = firstToken(process);
            HttpResponse<String> first = create(token);
            if (first.statusCode() != 201) {
                throw new IllegalStateException(first.body());
            }
            double milliseconds = (System.nanoTime() - start) / 1e6;
            if (measureCalls) {
                measureCalls(token, first.headers().firstValue("Location").orElseThrow());
            }
            return milliseconds;
        } finally {
            process.destroy();
            process.waitFor(30, TimeUnit.SECONDS);
        }
    }

    private String firstToken(Process process) throws Exception {
        while (process.isAlive()) {
            try {
                return client.send(request("/dev/token", "").build(), BodyHandlers.ofString())
                        .body();
            } catch (IOException notYet) {
                Thread.sleep(5);
            }
        }
        throw new IllegalStateException("The API does not start");
    }

    private void measureCalls(String token, String path) throws Exception {
        measure("create", () -> create(token), 201);
        measure("get", () -> client.send(request(path, token).build(), BodyHandlers.ofString()), 200);
        measure("list, 50 orders", () -> client.send(request("/orders", token).build(), BodyHandlers.ofString()), 200);
    }

    private void measure(String name, Callable<HttpResponse<String>> call, int status) throws Exception {
        double[] milliseconds = new double[CALLS];
        for (int i = -WARM_UP; i < CALLS; i++) {
            long start = System.nanoTime();
            if (call.call().statusCode() != status) {
                throw new IllegalStateException(name + " failed");
            }
            if (i >= 0) {
                milliseconds[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        Arrays.sort(milliseconds);
        System.out.printf(
                Locale.ROOT,
                "%-45s p50 %7.2f ms   p99 %7.2f ms%n",
                "warm " + name,
                milliseconds[CALLS / 2],
                milliseconds[CALLS * 99 / 100]);
    }

    private HttpResponse<String> create(String token) throws Exception {
        return client.send(
                request("/orders", token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(order))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + token);
    }

    private static void print(String name, List<Double> milliseconds) {
        double[] sorted =
                milliseconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "%-45s median %5.0f ms   from %5.0f to %5.0f ms%n",
                name,
                sorted[sorted.length / 2],
                sorted[0],
                sorted[sorted.length - 1]);
    }
}
