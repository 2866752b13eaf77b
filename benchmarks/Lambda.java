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

/** A function in a process as Lambda starts it. One at a time: Amazon's client unpacks its library to a fixed place. */
final class Lambda implements AutoCloseable {

    /** What Lambda's managed runtime sets. */
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
     * A function's unpacked artifact.
     *
     * @param directory with classes at its root and jars in {@code lib}, and the classes once more in {@code app.jar}
     */
    record Function(String name, Path directory, String handler, Map<String, String> settings) {

        /** The cache of classes that a training run of this function leaves. */
        Path cache() {
            return directory.resolve(name + ".aot");
        }
    }

    /** As from a ZIP: Amazon's client loads the artifact. */
    static Lambda fromZip(Path java, Function function, String... options) throws IOException {
        return new Lambda(java, function, function.directory(), withClassPath(runtimeClient(), options));
    }

    /** As in a container image: all is on the class path of the JVM, so that it may use a cache of classes. */
    static Lambda fromImage(Path java, Function function, String... options) throws IOException {
        List<String> classPath = new ArrayList<>(List.of("app.jar"));
        try (Stream<Path> jars = Files.list(function.directory().resolve("lib"))) {
            jars.map(jar -> "lib/" + jar.getFileName()).sorted().forEach(classPath::add);
        }
        classPath.addAll(runtimeClient());
        return new Lambda(java, function, function.directory().resolve("nothing"), withClassPath(classPath, options));
    }

    /** An image that is being made, started by the options that stand in its directory. */
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

    /** The jars that Lambda's runtime brings itself. */
    private static List<String> runtimeClient() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> Path.of(jar)
                        .getFileName()
                        .toString()
                        .matches("(aws-lambda-java-(core|serialization|runtime-interface-client)|utils-lite)-.*"))
                .collect(Collectors.toList());
    }

    /** Milliseconds from the event to its whole answer; the first time, from the start of the process. */
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

    /** User and system time that it has used. */
    double cpuSeconds() {
        return process.info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
    }

    /** Has it end by itself, so that it writes what it writes in the end. */
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
