import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The statistics and the description of the machine that all benchmarks use. */
final class Figures {

    private Figures() {}

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    static double percentile(double[] values, int percent) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length * percent / 100];
    }

    /** Returns the median (smallest to largest). */
    static String spread(String format, double[] values) {
        return String.format(
                Locale.ROOT,
                format + " (" + format + " to " + format + ")",
                median(values),
                Arrays.stream(values).min().orElseThrow(),
                Arrays.stream(values).max().orElseThrow());
    }

    /** Returns the load of the machine. Absolute times mean little if the load exceeds the cores. */
    static String machine() {
        return String.format(
                Locale.ROOT,
                "%d cores, load average %.1f",
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** Returns the first number of the version, such as 25. */
    static int feature(Path jdk) throws IOException {
        return Integer.parseInt(version(jdk).replaceFirst("(?s).*?(\\d+)\\.\\d.*", "$1"));
    }

    static String version(Path jdk) throws IOException {
        return Files.readAllLines(jdk.resolve("release")).stream()
                .filter(line -> line.startsWith("JAVA_RUNTIME_VERSION") || line.startsWith("IMPLEMENTOR="))
                .map(line -> line.replaceAll(".*=|\"", ""))
                .collect(Collectors.joining(" "));
    }
}
