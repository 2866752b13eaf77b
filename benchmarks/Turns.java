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

/**
 * A measurement of programs that run in turns: the start to the first order, and the calls after it. Other work on this
 * machine affects all programs equally.
 */
final class Turns {

    private static final int FIRST_CALLS = 100;

    private final Path work;
    private final Path jdk;
    private final int rounds;
    private final int calls;

    /**
     * @param work the directory of the results
     * @param calls the number of early calls, and of warm calls after them
     */
    Turns(Path work, Path jdk, int rounds, int calls) {
        this.work = work;
        this.jdk = jdk;
        this.rounds = rounds;
        this.calls = calls;
    }

    /** A program that creates orders. */
    interface Program {

        String name();

        /**
         * Starts the program.
         *
         * @param start the way of the start
         * @param options more options of the JVM
         */
        Running start(Path jdk, Start start, String... options) throws Exception;

        /** Makes the cache of classes for {@link Start#CACHED}, as the build of an image does. */
        void train(Path jdk) throws Exception;
    }

    /** The way in which a program starts. */
    enum Start {
        /** As the platform starts code that is uploaded. */
        PLAIN,

        /** As in a container image, with a cache of classes. */
        CACHED
    }

    /** A process of a program. */
    interface Running extends AutoCloseable {

        /** Returns the milliseconds until the response. The first time starts with the process. */
        double create() throws Exception;

        /** Returns the user and system time of the process. */
        double cpuSeconds();
    }

    void run(List<? extends Program> programs, Start start) throws Exception {
        if (start == Start.CACHED) {
            for (Program program : programs) {
                program.train(jdk);
            }
        }
        String before = Figures.machine();
        Map<Program, List<Round>> results = new LinkedHashMap<>();
        // The first round does not count, because files and this program are still cold.
        for (int i = 0; i <= rounds; i++) {
            for (Program program : programs) {
                Round round = measure(program, start);
                if (i > 0) {
                    results.computeIfAbsent(program, first -> new ArrayList<>()).add(round);
                }
            }
        }
        String name = "Java " + Figures.feature(jdk) + (start == Start.CACHED ? " with its cache" : "");
        System.out.printf(
                "%n%s (%s), %d rounds, twice %d calls; before %s, after %s%n%n",
                name, Figures.version(jdk), rounds, calls, before, Figures.machine());
        print(results);
        printClasses(programs, start);
        for (Map.Entry<Program, List<Round>> result : results.entrySet()) {
            double cold = Figures.median(values(result.getValue(), Round::cold));
            Files.writeString(
                    work.resolve("cold.csv"),
                    String.format(
                            Locale.ROOT, "%s,%s,%.0f%n", name, result.getKey().name(), cold),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    private Round measure(Program program, Start start) throws Exception {
        try (Running running = program.start(jdk, start)) {
            double cold = running.create();
            double coldCpu = running.cpuSeconds();
            Phase early = call(running);
            return new Round(cold, coldCpu, early, call(running));
        }
    }

    private Phase call(Running running) throws Exception {
        double cpu = running.cpuSeconds();
        double[] milliseconds = new double[calls];
        for (int i = 0; i < calls; i++) {
            milliseconds[i] = running.create();
        }
        return new Phase(
                Figures.percentile(Arrays.copyOf(milliseconds, FIRST_CALLS), 50),
                Figures.percentile(milliseconds, 50),
                Figures.percentile(milliseconds, 99),
                (running.cpuSeconds() - cpu) * 1_000 / calls);
    }

    /** Counts the loaded classes in a separate run, because the log takes time. The log is kept. */
    private int countClasses(Program program, Start start) throws Exception {
        Path log = work.resolve("classes-" + program.name().replaceAll("\\W+", "-") + "-" + Figures.feature(jdk)
                + (start == Start.CACHED ? "-cached" : "") + ".log");
        Files.deleteIfExists(log);
        try (Running running = program.start(jdk, start, "-Xlog:class+load:file=" + log)) {
            running.create();
            return classesIn(log);
        }
    }

    private static int classesIn(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return (int) lines.filter(line -> line.contains("source:")).count();
        }
    }

    private static void print(Map<Program, List<Round>> results) {
        StringBuilder head = new StringBuilder("| measure |");
        StringBuilder rule = new StringBuilder("|---|");
        results.keySet()
                .forEach(program -> head.append(' ').append(program.name()).append(" |"));
        results.keySet().stream().skip(1).forEach(program -> head.append(' ')
                .append(program.name())
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
            String name, String format, ToDoubleFunction<Round> measure, Map<Program, List<Round>> results) {
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

    private void printClasses(List<? extends Program> programs, Start start) throws Exception {
        List<Double> counts = new ArrayList<>();
        for (Program program : programs) {
            counts.add((double) countClasses(program, start));
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
