package com.ecommerce.orders.gcp.testkit;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A function and the way in which Google Cloud starts it.
 *
 * @param jdk the home directory of the JDK
 * @param directory the working directory
 * @param options the options of the JVM
 * @param program the main class, or the jar, with its arguments
 * @param environment the variables, besides those of the platform
 */
public record Deployment(
        Path jdk, Path directory, List<String> options, List<String> program, Map<String, String> environment) {

    /** The folder that the build of the artifact fills and that is uploaded. */
    public static final Path FOLDER = Path.of("target", "deploy");

    /** The artifact in {@link #FOLDER}. */
    public static final Path JAR = FOLDER.resolve("ecommerce-order-api.jar");

    private static final String MAIN_CLASS = "com.google.cloud.functions.invoker.runner.Invoker";

    static final Path INVOKERS = Path.of("target", "gcp", "invokers");

    /** Returns the artifact as the buildpack starts it. */
    public static Deployment ofSource(String version, Map<String, String> environment, Path... more) {
        return ofSource(
                version,
                environment,
                Stream.concat(Stream.of(JAR), Stream.of(more))
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator)));
    }

    /** Returns a function as the buildpack starts it. */
    public static Deployment ofSource(String version, Map<String, String> environment, String classPath) {
        return new Deployment(
                ownJdk(),
                Path.of(""),
                List.of("-Xmx512m"),
                List.of(
                        "-jar",
                        INVOKERS.resolve("java-function-invoker-" + version + ".jar")
                                .toString(),
                        "--classpath",
                        classPath),
                environment);
    }

    /** Returns the function of a container image, with the options in one of its files. */
    public static Deployment ofImage(Path image, String options, Map<String, String> environment) {
        return new Deployment(ownJdk(), image, List.of("@" + options), List.of(MAIN_CLASS), environment);
    }

    /** Returns a function that is on the class path of the JVM, beside the invoker. */
    public static Deployment ofClassPath(Path directory, String classPath, Map<String, String> environment) {
        return new Deployment(ownJdk(), directory, List.of("-cp", classPath), List.of(MAIN_CLASS), environment);
    }

    private static Path ownJdk() {
        return Path.of(System.getProperty("java.home"));
    }

    /** Returns the same function on another JDK. */
    public Deployment on(Path otherJdk) {
        return new Deployment(otherJdk, directory, options, program, environment);
    }

    /** Returns the same function with more options of the JVM. */
    public Deployment withOptions(String... more) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return new Deployment(jdk, directory, all, program, environment);
    }

    /** Returns the same function with one more variable. */
    public Deployment with(String variable, String value) {
        Map<String, String> all = new HashMap<>(environment);
        all.put(variable, value);
        return new Deployment(jdk, directory, options, program, all);
    }

    List<String> command() {
        List<String> command =
                new ArrayList<>(List.of(jdk.resolve("bin").resolve("java").toString()));
        command.addAll(options);
        command.addAll(program);
        return command;
    }
}
