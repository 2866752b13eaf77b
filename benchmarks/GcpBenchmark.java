import com.ecommerce.orders.gcp.testkit.Deployment;
import com.ecommerce.orders.gcp.testkit.GoogleInvoker;
import com.ecommerce.orders.testkit.TestDatabase;
import com.ecommerce.orders.testkit.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Measures the artifact for Google Cloud and the floor in turns, both in Google's invoker. */
final class GcpBenchmark {

    private static final int CALLS = 2_000;
    private static final int TRAINING_CALLS = 200;
    private static final String INVOKER = "2.0.0";
    private static final Tokens TOKENS = new Tokens();

    private GcpBenchmark() {}

    /**
     * Arguments: {@code quick} or {@code whole}, the directory with the files of the images {@code floor} and {@code api},
     * an order, and the JDKs.
     */
    public static void main(String[] arguments) {
        Benchmark.run(() -> measure(arguments));
    }

    private static void measure(String... arguments) throws Exception {
        boolean quick = arguments[0].equals("quick");
        Path work = Path.of(arguments[1]).toAbsolutePath();
        List<Program> programs = programs(work, Files.readString(Path.of(arguments[2])));
        for (String jdk : Arrays.asList(arguments).subList(3, arguments.length)) {
            Turns turns = new Turns(work, Path.of(jdk), quick ? 4 : 8, quick ? CALLS / 4 : CALLS);
            turns.run(programs, Turns.Start.PLAIN);
            turns.run(programs, Turns.Start.CACHED);
        }
    }

    private static List<Program> programs(Path work, String order) {
        Map<String, String> settings = TestDatabase.get().settings();
        Map<String, String> floor = new HashMap<>(settings);
        floor.put("FUNCTION_TARGET", "GcpFloor");
        Map<String, String> gateway = new HashMap<>(settings);
        gateway.put("ORDERS_IDENTITY_MODE", "gateway");
        Map<String, String> jwt = new HashMap<>(settings);
        jwt.putAll(TOKENS.settings());
        return List.of(
                new Program("floor", work.resolve("floor"), floor, GcpOrders.behindTheGateway(order)),
                new Program("API, gateway", work.resolve("api"), gateway, GcpOrders.behindTheGateway(order)),
                new Program("API, jwt", work.resolve("api"), jwt, GcpOrders.withToken(TOKENS, order)));
    }

    /** @param directory the folder with {@code app.jar} and the folder that the manifest of the jar names */
    private record Program(String name, Path directory, Map<String, String> settings, GcpOrders orders)
            implements Turns.Program {

        @Override
        public Turns.Running start(Path jdk, Turns.Start start, String... options) throws Exception {
            return new Running(
                    start == Turns.Start.PLAIN
                            ? source(jdk)
                            : image(jdk, Cache.of(jdk).read(file(jdk))),
                    orders,
                    options);
        }

        @Override
        public void train(Path jdk) throws Exception {
            try (GoogleInvoker invoker =
                    GoogleInvoker.launch(image(jdk, Cache.of(jdk).write(file(jdk))))) {
                invoker.awaitPort();
                for (int i = 0; i < TRAINING_CALLS; i++) {
                    orders.create(invoker);
                }
                invoker.stop();
            }
        }

        private Deployment source(Path jdk) {
            return Deployment.ofSource(
                            INVOKER, settings, directory.resolve("app.jar").toString())
                    .on(jdk);
        }

        /** Returns the function with the class path and the options of {@code scripts/lib/gcp_image_files.sh}. */
        private Deployment image(Path jdk, String cache) {
            return Deployment.ofClassPath(directory, "app.jar:invoker.jar", settings)
                    .on(jdk)
                    .withOptions(
                            "-XX:+UseSerialGC",
                            "-Dslf4j.provider=ch.qos.logback.classic.spi.LogbackServiceProvider",
                            cache);
        }

        private Path file(Path jdk) throws IOException {
            return directory.resolve(name.replaceAll("\\W+", "-") + "-" + Figures.feature(jdk) + ".cache");
        }
    }

    private static final class Running implements Turns.Running {

        private final GoogleInvoker invoker;
        private final GcpOrders orders;
        private final long started = System.nanoTime();
        private boolean warm;

        Running(Deployment deployment, GcpOrders orders, String... options) throws IOException {
            this.invoker = GoogleInvoker.launch(deployment.withOptions(options));
            this.orders = orders;
        }

        @Override
        public double create() throws Exception {
            long start = warm ? System.nanoTime() : started;
            if (!warm) {
                invoker.awaitPort();
            }
            orders.create(invoker);
            warm = true;
            return (System.nanoTime() - start) / 1e6;
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
