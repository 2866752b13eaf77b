package com.ecommerce.orders.aws.testkit;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.ecommerce.orders.testkit.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/** A function in a separate JVM, as Lambda starts it from a ZIP or from a container image. */
public final class LambdaProcess implements AutoCloseable {

    /** The options of Lambda's managed runtime. */
    private static final List<String> JVM_OPTIONS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx400m",
            "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");

    private static @Nullable Path nativeClient;

    private final Process process;
    private final Path log;

    private LambdaProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts the artifact from its unpacked ZIP, in the JVM of this test. Several processes may run at the same time. */
    public static LambdaProcess start(Path artifact, RuntimeApi api, Map<String, String> settings, String... options)
            throws IOException {
        Map<String, String> all = new HashMap<>(Map.of("TZ", "Pacific/Chatham"));
        all.putAll(settings);
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> more = new ArrayList<>(List.of(options));
        more.add("-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI=" + nativeClient());
        return fromZip(LambdaFunction.ofThisProject(java, artifact, all), api, more.toArray(String[]::new));
    }

    /**
     * Starts a function from its unpacked ZIP. The class path contains only Amazon's runtime interface client, which loads
     * classes and {@code lib/} from the working directory.
     */
    public static LambdaProcess fromZip(LambdaFunction function, RuntimeApi api, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("-cp", String.join(File.pathSeparator, runtimeInterfaceClient())));
        return run(function, function.directory(), api, all);
    }

    /**
     * Starts a function from the files of a container image.
     *
     * @param options the options of the JVM, which name the class path; {@code @FILE} reads a file of the image
     */
    public static LambdaProcess fromImage(LambdaFunction function, RuntimeApi api, String... options)
            throws IOException {
        // An image has no folder of a task, so Amazon's client loads everything from the class path.
        return run(function, function.directory().resolve("nothing"), api, List.of(options));
    }

    private static LambdaProcess run(LambdaFunction function, Path taskRoot, RuntimeApi api, List<String> options)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(function.java().toString()));
        command.addAll(JVM_OPTIONS);
        command.addAll(options);
        command.addAll(List.of(AWSLambda.class.getName(), function.handler()));
        Path log = Files.createTempFile("lambda", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(function.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
        builder.environment().put("_HANDLER", function.handler());
        builder.environment().put("LAMBDA_TASK_ROOT", taskRoot.toString());
        builder.environment().putAll(function.settings());
        Process process = builder.start();
        CompletableFuture<Void> unused = process.onExit().thenRun(api::abandon);
        return new LambdaProcess(process, log);
    }

    /** Starts the artifact as the template deploys it, with {@code more} settings. With a region it logs in without a password. */
    public static LambdaProcess behindAGateway(
            Path artifact, RuntimeApi api, Map<String, String> more, String... options) throws IOException {
        Map<String, String> settings = new HashMap<>(TestDatabase.get().settings());
        settings.put("ORDERS_IDENTITY_MODE", "gateway");
        if (more.containsKey("AWS_REGION")) {
            settings.remove("DB_PASSWORD");
        }
        settings.putAll(more);
        return start(artifact, api, settings, options);
    }

    /** Returns the settings with the variable of a start from a snapshot. */
    public static Map<String, String> snapStarted(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
        return all;
    }

    /** Returns the number of classes in a log of {@code -Xlog:class+load}. */
    public static long classesIn(Path classes) throws IOException {
        try (var lines = Files.lines(classes)) {
            return lines.filter(line -> line.contains("source:")).count();
        }
    }

    /** Returns the jars that Lambda's managed runtime provides. */
    public static List<String> runtimeInterfaceClient() {
        return Stream.of(AWSLambda.class, Context.class, PojoSerializer.class, SdkInternalThreadLocal.class)
                .map(type -> new File(type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .getPath())
                        .toString())
                .toList();
    }

    /**
     * Returns the native library of the runtime client. Without the setting, each process would unpack the library to one
     * fixed file, which another process may read at the same time.
     */
    private static synchronized Path nativeClient() throws IOException {
        if (nativeClient == null) {
            String architecture = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
            String resource = "/jni/libaws-lambda-jni.linux-" + architecture + ".so";
            Path library = Files.createTempFile("libaws-lambda-jni", ".so");
            try (InputStream in = AWSLambda.class.getResourceAsStream(resource)) {
                Files.copy(Objects.requireNonNull(in, resource), library, StandardCopyOption.REPLACE_EXISTING);
            }
            library.toFile().deleteOnExit();
            nativeClient = library;
        }
        return nativeClient;
    }

    /** Waits for the end of the start. */
    public LambdaProcess awaitStart(RuntimeApi api) throws IOException, InterruptedException {
        for (int tries = 0; tries < 300; tries++) {
            if (api.awaitPoll(Duration.ofMillis(100))) {
                return this;
            }
            if (!process.isAlive()) {
                break;
            }
        }
        throw new IllegalStateException("The function did not start:\n" + log());
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the end of a process whose start fails. */
    public void awaitEnd() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The function goes on");
        }
    }

    /** Ends the process regularly, so that the JVM writes its last output. */
    public void stop() throws InterruptedException, IOException {
        process.destroy();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            throw new IllegalStateException("The function does not end:\n" + log());
        }
    }

    /** Returns everything that the process has written. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    /** Stops the process, as Lambda does between two requests. */
    public void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    public void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Returns the user and system time that the process has used. */
    public long cpuMillis() {
        return process.info().totalCpuDuration().orElseThrow().toMillis();
    }

    @Override
    public void close() throws Exception {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        Files.deleteIfExists(log);
    }
}
