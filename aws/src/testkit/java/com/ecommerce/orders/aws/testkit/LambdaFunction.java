package com.ecommerce.orders.aws.testkit;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A function that a {@link LambdaProcess} can start.
 *
 * @param java the program {@code java} of the JDK
 * @param directory the folder with the unpacked ZIP or with the files of the image; the working directory of the process
 * @param handler the class and method that get the events
 * @param settings the variables of the environment
 */
public record LambdaFunction(Path java, Path directory, String handler, Map<String, String> settings) {

    /** The handler of every function that Spring Cloud Function's adapter starts. */
    public static final String INVOKER =
            "org.springframework.cloud.function.adapter.aws.FunctionInvoker::handleRequest";

    /** Returns the function of this project. */
    public static LambdaFunction ofThisProject(Path java, Path directory, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("MAIN_CLASS", "com.ecommerce.orders.aws.AwsApplication"));
        all.putAll(settings);
        return new LambdaFunction(java, directory, INVOKER, all);
    }
}
