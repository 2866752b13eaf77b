import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Measures the AWS artifact, the floor and the samples' way in turns, all under Amazon's runtime client. */
class AwsBenchmark {

    private static final int FIRST_CALLS = 100;
    private static final int CALLS = 2_000;
    private static final int TRAINING_CALLS = 200;
    private static final int FIRST_JAVA_WITH_A_CACHE = 25;

    private final Path work;
    private final byte[] event;
    private final Path jdk;
    private final int rounds;
    private final int calls;

    private final List<Lambda.Function> functions;

    AwsBenchmark(Path work, byte[] event, Path jdk, List<Lambda.Function> functions, boolean quick, int calls) {
        this.work = work;
        this.event = event;
        this.jdk = jdk;
        this.functions = functions;
        this.rounds = quick ? 4 : 8;
        this.calls = calls;
    }

    /**
     * Arguments: {@code quick}, {@code whole}, {@code logins} or {@code steps}; the directory with {@code api},
     * {@code floor}, {@code samples} and {@code steps}; the event, its body; and the JDKs to run them on.
     */
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
        String mode = arguments[0];
        Path work = Path.of(arguments[1]).toAbsolutePath();
        Functions functions = new Functions(work);
        byte[] event = Functions.event(Path.of(arguments[2]), Path.of(arguments[3]));
        boolean logins = mode.equals("logins");
        for (String jdk : Arrays.asList(arguments).subList(4, arguments.length)) {
            List<Lambda.Function> turns =
                    switch (mode) {
                        case "logins" -> functions.byLogin(Path.of(jdk));
                        case "steps" -> functions.stepByStep();
                        default -> functions.all();
                    };
            AwsBenchmark benchmark = new AwsBenchmark(
                    work, event, Path.of(jdk), turns, mode.equals("quick"), logins ? FIRST_CALLS : CALLS);
            benchmark.run(false);
            boolean alone = mode.equals("logins") || mode.equals("steps");
            if (!alone && benchmark.feature() >= FIRST_JAVA_WITH_A_CACHE) {
                benchmark.run(true);
            }
        }
    }

    private int feature() throws Exception {
        return Integer.parseInt(Figures.version(jdk).replaceFirst("(?s).*?(\\d+)\\.\\d.*", "$1"));
    }

    private void run(boolean cached) throws Exception {
        if (cached) {
            for (Lambda.Function function : functions) {
                train(function);
            }
        }
        String before = Figures.machine();
        Map<Lambda.Function, List<Round>> results = new LinkedHashMap<>();
        // The programs run in turns, so other work on this machine affects all of them equally. The first round does
        // not count, because files and this program are still cold.
        for (int i = 0; i <= rounds; i++) {
            for (Lambda.Function function : functions) {
                Round round = measure(function, cached);
                if (i > 0) {
                    results.computeIfAbsent(function, first -> new ArrayList<>())
                            .add(round);
                }
            }
        }
        String name = "Java " + feature() + (cached ? " with its cache" : "");
        System.out.printf(
                "%n%s (%s), %d rounds, twice %d calls; before %s, after %s%n%n",
                name, Figures.version(jdk), rounds, calls, before, Figures.machine());
        print(results);
        printClasses(cached);
        for (Map.Entry<Lambda.Function, List<Round>> result : results.entrySet()) {
            double cold = Figures.median(values(result.getValue(), Round::cold));
            Files.writeString(
                    work.resolve("cold.csv"),
                    String.format(
                            Locale.ROOT, "%s,%s,%.0f%n", name, result.getKey().name(), cold),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    private Path java() {
        return jdk.resolve("bin").resolve("java");
    }

    private Lambda start(Lambda.Function function, boolean cached, String... options) throws IOException {
        if (!cached) {
            return Lambda.fromZip(java(), function, options);
        }
        List<String> all = new ArrayList<>(List.of("-XX:AOTCache=" + function.cache()));
        all.addAll(List.of(options));
        return Lambda.fromImage(java(), function, all.toArray(String[]::new));
    }

    /** Trains the cache of classes as the build of an image does. */
    private void train(Lambda.Function function) throws Exception {
        try (Lambda lambda = Lambda.fromImage(java(), function, "-XX:AOTCacheOutput=" + function.cache())) {
            for (int i = 0; i < TRAINING_CALLS; i++) {
                lambda.create(event);
            }
            lambda.stop();
        }
    }

    private Round measure(Lambda.Function function, boolean cached) throws Exception {
        try (Lambda lambda = start(function, cached)) {
            double cold = lambda.create(event);
            double coldCpu = lambda.cpuSeconds();
            Phase early = call(lambda);
            return new Round(cold, coldCpu, early, call(lambda));
        }
    }

    private Phase call(Lambda lambda) throws Exception {
        double cpu = lambda.cpuSeconds();
        double[] milliseconds = new double[calls];
        for (int i = 0; i < calls; i++) {
            milliseconds[i] = lambda.create(event);
        }
        return new Phase(
                Figures.percentile(Arrays.copyOf(milliseconds, FIRST_CALLS), 50),
                Figures.percentile(milliseconds, 50),
                Figures.percentile(milliseconds, 99),
                (lambda.cpuSeconds() - cpu) * 1_000 / calls);
    }

    /** Counts the loaded classes in a separate run, because the log takes time. The log is kept. */
    private int countClasses(Lambda.Function function, boolean cached) throws Exception {
        Path log = work.resolve("classes-" + function.name().replaceAll("\\W+", "-") + "-" + feature()
                + (cached ? "-cached" : "") + ".log");
        Files.deleteIfExists(log);
        try (Lambda lambda = start(function, cached, "-Xlog:class+load:file=" + log)) {
            lambda.create(event);
            try (Stream<String> lines = Files.lines(log)) {
                return (int) lines.filter(line -> line.contains("source:")).count();
            }
        }
    }

    private static void print(Map<Lambda.Function, List<Round>> results) {
        StringBuilder head = new StringBuilder("| measure |");
        StringBuilder rule = new StringBuilder("|---|");
        results.keySet()
                .forEach(function -> head.append(' ').append(function.name()).append(" |"));
        results.keySet().stream().skip(1).forEach(function -> head.append(' ')
                .append(function.name())
                .append(" / ")
                .append(results.keySet().iterator().next().name())
                .append(" |"));
        rule.append("---|".repeat(2 * results.size() - 1));
        System.out.println(head);
        System.out.println(rule);
        print("cold, ms", "%.0f", Round::cold, results);
        print("cold CPU, s", "%.2f", Round::coldCpu, results);
        print("first 100 calls, p50, ms", "%.2f", round -> round.early.first(), results);
        print("early calls, p50, ms", "%.2f", round -> round.early.median(), results);
        print("early calls, CPU per call, ms", "%.2f", round -> round.early.cpuPerCall(), results);
        print("warm, p50, ms", "%.2f", round -> round.warm.median(), results);
        print("warm, p99, ms", "%.2f", round -> round.warm.p99(), results);
        print("warm, CPU per call, ms", "%.2f", round -> round.warm.cpuPerCall(), results);
    }

    private static void print(
            String name, String format, ToDoubleFunction<Round> measure, Map<Lambda.Function, List<Round>> results) {
        List<double[]> values =
                results.values().stream().map(each -> values(each, measure)).toList();
        printRow(
                name,
                values.stream().map(each -> Figures.spread(format, each)).toList(),
                values.stream().map(Figures::median).toList());
    }

    private static double[] values(List<Round> rounds, ToDoubleFunction<Round> measure) {
        return rounds.stream().mapToDouble(measure).toArray();
    }

    private void printClasses(boolean cached) throws Exception {
        List<Double> counts = new ArrayList<>();
        for (Lambda.Function function : functions) {
            counts.add((double) countClasses(function, cached));
        }
        List<String> texts = counts.stream()
                .map(each -> String.format(Locale.ROOT, "%.0f", each))
                .toList();
        printRow("classes loaded", texts, counts);
    }

    private static void printRow(String name, List<String> texts, List<Double> values) {
        StringBuilder row = new StringBuilder("| " + name + " | " + String.join(" | ", texts) + " |");
        for (double value : values.subList(1, values.size())) {
            row.append(String.format(Locale.ROOT, " %.2f |", value / values.get(0)));
        }
        System.out.println(row);
    }

    /** The figures of a process: its early calls, in which the JVM compiles, and as many calls after them. */
    private record Round(double cold, double coldCpu, Phase early, Phase warm) {}

    /** @param first the median of the first hundred calls; {@code median} is the median of all calls */
    private record Phase(double first, double median, double p99, double cpuPerCall) {}
}
