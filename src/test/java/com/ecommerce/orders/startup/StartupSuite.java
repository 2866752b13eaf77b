package com.ecommerce.orders.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of Spring's contract that every cloud artifact must pass, however lean its start is. */
public abstract class StartupSuite {

    @TempDir
    Path directory;

    /**
     * Starts the artifact with one more jar, sends {@code GET /health}, and stops the artifact.
     *
     *
     * @return the log; also the log of a failed start
     */
    protected abstract String logOfStart(Path jar, Map<String, String> settings) throws Exception;

    /** Starts the artifact with the jar of {@code com.example.greeting}. */
    protected final String logOfStart(Map<String, String> settings) throws Exception {
        return logOfStart(greetingJar(), settings);
    }

    /** Returns the jar of {@code com.example.greeting}. */
    protected final Path greetingJar() throws Exception {
        return GreetingJar.write(directory.resolve("greeting.jar"));
    }

    @Test
    void keepsSpringsContractWithTheBeansOfAUser() throws Exception {
        assertThat(logOfStart(Map.of("GREETING_TEXT", "welcome")))
                .as("@Value and @PostConstruct")
                .contains("value=welcome PT1M30S")
                .as("@EventListener")
                .contains("eventListener=ready")
                .as("ApplicationListener")
                .contains("applicationListener=ready", "contextListener=refreshed")
                .as("@Configuration and @Bean")
                .contains("beanMethod=called")
                .as("EnvironmentAware")
                .contains("environment: profiles=[")
                .as("classpath*:")
                .contains("resources=several")
                .as("MessageSource")
                .contains("message=welcome to you")
                .as("BeanPostProcessor")
                .contains("observed=orderApi")
                .as("the level of the logger")
                .doesNotContain("level=DEBUG");
    }

    @Test
    void keepsSpringsContractWithBeansWithoutAnnotations() throws Exception {
        assertThat(logOfStart(Map.of("GREETING_PLAIN", "true")))
                .contains("applicationListener=ready", "contextListener=refreshed")
                .contains("environment: profiles=[")
                .contains("resources=several", "message=default for you")
                .contains("observed=orderApi");
    }

    @Test
    void readsTheSettingsThatVariablesOfSpringName() throws Exception {
        Path folder = Files.createDirectory(directory.resolve("settings"));
        Files.writeString(folder.resolve("application.properties"), "greeting.file=read");
        Path imported = Files.writeString(directory.resolve("more.properties"), "greeting.import=read");
        String log = logOfStart(Map.of(
                "SPRING_PROFILES_ACTIVE", "greeting",
                "SPRING_CONFIG_ADDITIONAL_LOCATION", "file:" + folder + "/",
                "SPRING_CONFIG_IMPORT", "file:" + imported,
                "SPRING_CONFIG_NAME", "application,greeting",
                "SPRING_APPLICATION_JSON", "{\"greeting\":{\"json\":\"read\"}}",
                "LOGGING_LEVEL_COM_EXAMPLE_GREETING", "DEBUG"));
        assertThat(log)
                .containsPattern("profiles=\\[[^]]*greeting")
                .contains("ofProfile=read ofFile=read ofImport=read ofName=read ofJson=read")
                .contains("level=DEBUG");
    }

    /** The common file has this name too, and a lean start would ignore the other value. */
    @Test
    void appliesALevelThatIsAlsoInTheCommonFile() throws Exception {
        assertThat(logOfStart(Map.of("logging.level.root", "DEBUG"))).contains("level=DEBUG");
    }

    @Test
    void readsOnlyTheLocationsThatAVariableNames() throws Exception {
        Path folder = Files.createDirectory(directory.resolve("settings"));
        Files.writeString(folder.resolve("application.properties"), "greeting.file=read");
        assertThat(logOfStart(Map.of("SPRING_CONFIG_LOCATION", "classpath:/,file:" + folder + "/")))
                .contains("ofFile=read");
    }
}
