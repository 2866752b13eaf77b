package com.ecommerce.orders.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.aws.testkit.LambdaProcess;
import com.ecommerce.orders.aws.testkit.RuntimeApi;
import com.ecommerce.orders.startup.StartupSuite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the ZIP for AWS with a jar of a user in {@code lib}. */
class AwsStartupIT extends StartupSuite {

    @TempDir
    private static Path root;

    @BeforeAll
    static void unzip() throws Exception {
        Artifact.unzip(root);
    }

    @Override
    protected String logOfStart(Path jar, Map<String, String> settings) throws Exception {
        Files.copy(jar, root.resolve("lib/greeting.jar"), StandardCopyOption.REPLACE_EXISTING);
        return log(settings);
    }

    /** Also prints the number of classes, which docs/decisions/0012-a-lean-start.md quotes. */
    private static String log(Map<String, String> settings) throws Exception {
        Path classes = root.resolve("classes.log");
        try (RuntimeApi api = new RuntimeApi();
                LambdaProcess function =
                        LambdaProcess.behindAGateway(root, api, settings, "-Xlog:class+load:file=" + classes)) {
            try {
                api.invoke(Calls.request("GET", "/health", 1));
            } catch (ExecutionException stopped) {
                function.awaitEnd();
            }
            System.out.printf(
                    "Start with %s, Java %s: %d classes%n",
                    new TreeSet<>(settings.keySet()),
                    System.getProperty("java.version"),
                    LambdaProcess.classesIn(classes));
            return function.log();
        }
    }

    @Test
    void startsWithoutAJarOfAUser() throws Exception {
        Files.deleteIfExists(root.resolve("lib/greeting.jar"));
        assertThat(log(Map.of())).doesNotContain("ERROR", "greeting");
    }

    @Test
    void stopsIfSpringCannotSeeAnAnnotation() throws Exception {
        assertThat(logOfStart(Map.of("GREETING_HIDDEN", "true")))
                .contains("Not started: The class com.example.greeting.HiddenGreeter of the bean hiddenGreeter has the"
                        + " annotation @PostConstruct");
    }

    @Test
    void stopsIfAVariableAsksForAnotherFormatOfTheLog() throws Exception {
        assertThat(log(Map.of("LOGGING_CONFIG", "classpath:logback.xml")))
                .contains("Not started: The variable LOGGING_CONFIG has no effect on AWS Lambda");
    }
}
