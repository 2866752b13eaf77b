package com.ecommerce.orders.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.gcp.testkit.GoogleInvoker;
import com.ecommerce.orders.startup.StartupSuite;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests of the deploy folder for Google Cloud with a jar of a user on the class path. */
class GcpStartupIT extends StartupSuite {

    private static final String VERSION = "2.0.0";

    @Override
    protected String logOfStart(Path jar, Map<String, String> settings) throws Exception {
        try (GoogleInvoker invoker = GoogleInvoker.start(VERSION, with(settings), jar)) {
            return String.join("\n", invoker.log());
        }
    }

    private static Map<String, String> with(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(GcpArtifactIT.environment("jwt"));
        all.putAll(settings);
        return all;
    }

    @Test
    void startsWithoutAJarOfAUser() throws Exception {
        try (GoogleInvoker invoker = GoogleInvoker.start(VERSION, with(Map.of()))) {
            assertThat(invoker.log() + invoker.errors()).doesNotContain("ERROR", "greeting");
        }
    }

    @Test
    void stopsIfSpringCannotSeeAnAnnotation() throws Exception {
        assertThat(errorsOfFailedStart(Map.of("GREETING_HIDDEN", "true")))
                .contains("Not started: The class com.example.greeting.HiddenGreeter of the bean hiddenGreeter has the"
                        + " annotation @PostConstruct");
    }

    @Test
    void stopsIfAVariableAsksForAnotherFormatOfTheLog() throws Exception {
        assertThat(errorsOfFailedStart(Map.of("LOGGING_CONFIG", "classpath:logback.xml")))
                .contains("Not started: The variable LOGGING_CONFIG has no effect on Google Cloud");
    }

    private String errorsOfFailedStart(Map<String, String> settings) throws Exception {
        try (GoogleInvoker invoker = GoogleInvoker.launch(VERSION, with(settings), greetingJar())) {
            assertThat(invoker.awaitExit()).isEqualTo(1);
            return invoker.errors();
        }
    }
}
