import com.ecommerce.orders.aws.testkit.LambdaFunction;
import com.ecommerce.orders.aws.testkit.LambdaProcess;
import com.ecommerce.orders.aws.testkit.RuntimeApi;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A function that creates orders, in a process as Lambda starts it. Only one process runs at a time, because Amazon's
 * client unpacks its library to a fixed place.
 */
final class Lambda implements AutoCloseable {

    private final RuntimeApi api;
    private final LambdaProcess process;
    private final long started;
    private boolean warm;

    private Lambda(RuntimeApi api, LambdaProcess process, long started) {
        this.api = api;
        this.process = process;
        this.started = started;
    }

    /**
     * A function that runs in turns with others.
     *
     * @param directory the folder with classes at its root and jars in {@code lib}, where {@code app.jar} contains the
     *     classes too; or the folder that {@code scripts/image_files.sh} writes
     */
    record Function(String name, Path directory, String handler, Map<String, String> settings) {

        /** Returns the cache of classes from a training run of this function. */
        Path cache() {
            return directory.resolve(name.replaceAll("\\W+", "-") + ".aot");
        }

        private boolean isImage() {
            return Files.exists(directory.resolve("java.options"));
        }

        private LambdaFunction on(Path java) {
            return new LambdaFunction(java, directory, handler, settings);
        }
    }

    /** Starts the function as its directory demands: from an unpacked ZIP, or from the files of an image. */
    static Lambda start(Path java, Function function, String... options) throws IOException {
        return function.isImage()
                ? ofImage(java, function, "java.options", options)
                : start(api -> LambdaProcess.fromZip(function.on(java), api, options));
    }

    /**
     * Starts the function with the class path of a container image: all jars are on the JVM's class path, so the JVM can
     * use a cache of classes.
     */
    static Lambda withClassPath(Path java, Function function, String... options) throws IOException {
        List<String> classPath = new ArrayList<>(List.of("app.jar"));
        try (Stream<Path> jars = Files.list(function.directory().resolve("lib"))) {
            jars.map(jar -> "lib/" + jar.getFileName()).sorted().forEach(classPath::add);
        }
        classPath.addAll(LambdaProcess.runtimeInterfaceClient());
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("-cp", String.join(File.pathSeparator, classPath)));
        return start(api -> LambdaProcess.fromImage(function.on(java), api, all.toArray(String[]::new)));
    }

    /** Starts the files of an image with the JVM options in one of the files. */
    static Lambda ofImage(Path java, Function function, String file, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("@" + file);
        return start(api -> LambdaProcess.fromImage(function.on(java), api, all.toArray(String[]::new)));
    }

    private static Lambda start(Start start) throws IOException {
        RuntimeApi api = new RuntimeApi();
        long started = System.nanoTime();
        return new Lambda(api, start.process(api), started);
    }

    /** Returns the milliseconds from the event to its complete response. The first time starts with the process. */
    double create(byte[] event) throws Exception {
        long start = warm ? System.nanoTime() : started;
        byte[] response = api.invoke(event);
        double milliseconds = (System.nanoTime() - start) / 1e6;
        if (!new String(response, StandardCharsets.UTF_8).contains("\"statusCode\":201")) {
            throw new IllegalStateException("No order was created:\n" + process.log());
        }
        warm = true;
        return milliseconds;
    }

    /** Returns the user and system time of the process. */
    double cpuSeconds() {
        return process.cpuMillis() / 1e3;
    }

    /** Ends the process regularly, so that the JVM writes its cache. */
    void stop() throws Exception {
        process.stop();
    }

    @Override
    public void close() throws Exception {
        process.close();
        api.close();
    }

    @FunctionalInterface
    private interface Start {
        LambdaProcess process(RuntimeApi api) throws IOException;
    }
}
