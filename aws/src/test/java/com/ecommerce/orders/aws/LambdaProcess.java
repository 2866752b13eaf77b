package com.ecommerce.orders.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/**
 * The artifact in a JVM of its own, as Lambda's managed runtime starts it: on the class path is Amazon's runtime
 * interface client alone, which loads classes and {@code lib/} from the working directory.
 */
final class LambdaProcess implements AutoCloseable {

    private static final String HANDLER =
            "org.springframework.cloud.function.adapter.aws.FunctionInvoker::handleRequest";
    private static final List<String> JVM_OPTIONS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx400m",
            "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");

    private final Process process;
    private final Path log;

    private LambdaProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static LambdaProcess start(Path artifact, RuntimeApi api, Map<String, String> settings, String... options)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", runtimeInterfaceClient(), AWSLambda.class.getName(), HANDLER));
        Path log = Files.createTempFile("lambda", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(artifact.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        builder.environment()
                .putAll(Map.of(
                        "AWS_LAMBDA_RUNTIME_API",
                        api.address(),
                        "_HANDLER",
                        HANDLER,
                        "LAMBDA_TASK_ROOT",
                        artifact.toString(),
                        "MAIN_CLASS",
                        "com.ecommerce.orders.aws.LambdaApplication",
                        "TZ",
                        "Pacific/Chatham"));
        builder.environment().putAll(settings);
        Process process = builder.start();
        process.onExit().thenRun(api::abandon);
        return new LambdaProcess(process, log);
    }

    private static String runtimeInterfaceClient() {
        return Stream.of(AWSLambda.class, Context.class, PojoSerializer.class, SdkInternalThreadLocal.class)
                .map(type -> new File(type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .getPath())
                        .toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Waits for the end of its start. One at a time: the client unpacks its library to the same place each time. */
    LambdaProcess awaitStart(RuntimeApi api) throws IOException, InterruptedException {
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

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end, which is that of a start that fails. */
    void awaitEnd() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The function goes on");
        }
    }

    /** Everything that it has written. */
    String log() throws IOException {
        return Files.readString(log);
    }

    /** What Lambda does to an instance between two requests. */
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** User and system time that it has used. */
    long cpuMillis() {
        return process.info().totalCpuDuration().orElseThrow().toMillis();
    }

    @Override
    public void close() throws Exception {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        Files.deleteIfExists(log);
    }
}
