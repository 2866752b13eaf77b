import com.ecommerce.orders.aws.testkit.RuntimeApi;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A function in a process as Lambda starts it. Only one process runs at a time, because Amazon's client unpacks its
 * library to a fixed place.
 */
final class Lambda implements AutoCloseable {

    /** The options that Lambda's managed runtime sets. */
    private static final List<String> OPTIONS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx400m",
            "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");

    private final RuntimeApi api = new RuntimeApi();
    private final Path log;
    private final Process process;
    private final long started;
    private boolean warm;

    private Lambda(Path java, Function function, Path taskRoot, List<String> options) throws IOException {
        log = function.directory().resolve(function.name() + ".log");
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(OPTIONS);
        command.addAll(options);
        command.addAll(List.of("com.amazonaws.services.lambda.runtime.api.client.AWSLambda", function.handler()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(function.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        builder.environment().putAll(function.settings());
        builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
        builder.environment().put("_HANDLER", function.handler());
        builder.environment().put("LAMBDA_TASK_ROOT", taskRoot.toString());
        started = System.nanoTime();
        process = builder.start();
        process.onExit().thenRun(api::abandon);
    }

    /**
     * The unpacked artifact of a function.
     *
     *
     * @param directory the folder with classes at its root and jars in {@code lib}; {@code app.jar} contains the
     *     classes too
     */
    record Function(String name, Path directory, String handler, Map<String, String> settings) {

        /** Returns the cache of classes from a training run of this function. */
        Path cache() {
            return directory.resolve(name + ".aot");
        }
    }

    /** Starts the function as from a ZIP: Amazon's client loads the artifact. */
    static Lambda fromZip(Path java, Function function, String... options) throws IOException {
        return new Lambda(java, function, function.directory(), withClassPath(runtimeClient(), options));
    }

    /**
     * Starts the function as in a container image: all jars are on the JVM's class path, so the JVM can use a cache of
     * classes.
     */
    static Lambda fromImage(Path java, Function function, String... options) throws IOException {
        List<String> classPath = new ArrayList<>(List.of("app.jar"));
        try (Stream<Path> jars = Files.list(function.directory().resolve("lib"))) {
            jars.map(jar -> "lib/" + jar.getFileName()).sorted().forEach(classPath::add);
        }
        classPath.addAll(runtimeClient());
        return new Lambda(java, function, function.directory().resolve("nothing"), withClassPath(classPath, options));
    }

    /** Starts an image during its build, with the options in its directory. */
    static Lambda inTraining(Path java, Path image, Map<String, String> settings) throws IOException {
        Function function = new Function(
                "training",
                image,
                "org.springframework.cloud.function.adapter.aws.FunctionInvoker::handleRequest",
                settings);
        return new Lambda(java, function, image.resolve("nothing"), List.of("@training.options"));
    }

    private static List<String> withClassPath(List<String> classPath, String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("-cp", String.join(File.pathSeparator, classPath)));
        return all;
    }

    /** Returns the jars that Lambda's runtime provides. */
    private static List<String> runtimeClient() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> Path.of(jar)
                        .getFileName()
                        .toString()
                        .matches("(aws-lambda-java-(core|serialization|runtime-interface-client)|utils-lite)-.*"))
                .collect(Collectors.toList());
    }

    /** Returns the milliseconds from the event to its complete response. The first time starts with the process. */
    double create(byte[] event) throws Exception {
        long start = warm ? System.nanoTime() : started;
        byte[] answer = api.invoke(event);
        double milliseconds = (System.nanoTime() - start) / 1e6;
        if (!new String(answer, StandardCharsets.UTF_8).contains("\"statusCode\":201")) {
            throw new IllegalStateException("No order was created; see " + log);
        }
        warm = true;
        return milliseconds;
    }

    /** Returns the user and system time of the process. */
    double cpuSeconds() {
        return process.info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
    }

    /** Ends the process regularly, so that it writes its last output. */
    void stop() throws Exception {
        process.destroy();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            throw new IllegalStateException("It does not end; see " + log);
        }
    }

    @Override
    public void close() throws Exception {
        process.destroyForcibly().waitFor();
        api.close();
    }
}
