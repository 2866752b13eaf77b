package com.ecommerce.orders.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.azure.testkit.StagedApp;
import com.ecommerce.orders.startup.StartupSuite;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the staged app of Azure with a jar of a user in {@code lib}. */
class AzureStartupIT extends StartupSuite {

    @TempDir
    private Path folder;

    @Override
    protected String logOfStart(Path jar, Map<String, String> settings) throws Exception {
        copy(StagedApp.FOLDER, folder);
        Files.copy(jar, folder.resolve("lib/greeting.jar"));
        return log(folder, settings);
    }

    /** Also prints the number of classes, which docs/decisions/0012-a-lean-start.md quotes. */
    private static String log(Path folder, Map<String, String> settings) throws Exception {
        Path classes = Path.of("target/azure-start-classes.log").toAbsolutePath();
        Files.deleteIfExists(classes);
        Map<String, String> all = new HashMap<>(AzureArtifactIT.settings());
        all.putAll(settings);
        all.put("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + classes);
        try (StagedApp app = StagedApp.start(folder, "startup", all)) {
            HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(app.uri().resolve("/health")).build(), BodyHandlers.discarding());
            System.out.printf(
                    "Start with %s, Azure, Java %s: %d classes%n",
                    new TreeSet<>(settings.keySet()), System.getProperty("java.version"), StagedApp.classesIn(classes));
            return app.log();
        }
    }

    @Test
    void startsWithoutAJarOfAUser() throws Exception {
        assertThat(log(StagedApp.FOLDER, Map.of())).doesNotContain("ERROR", "greeting");
    }

    @Test
    void stopsIfSpringCannotSeeAnAnnotation() throws Exception {
        assertThat(logOfStart(Map.of("GREETING_HIDDEN", "true")))
                .contains("Not started: The class com.example.greeting.HiddenGreeter of the bean hiddenGreeter has the"
                        + " annotation @PostConstruct");
    }

    @Test
    void namesAVariableThatAsksForAnotherFormatOfTheLog() throws Exception {
        assertThat(log(StagedApp.FOLDER, Map.of("LOGGING_CONFIG", "classpath:logback.xml")))
                .contains("failed: The variable LOGGING_CONFIG has no effect on Azure Functions");
    }

    /** The Functions host for .NET has such a setting. */
    @Test
    void startsWithASettingOfAnotherLibraryForLogging() throws Exception {
        assertThat(log(StagedApp.FOLDER, Map.of("LOGGING__LOGLEVEL__DEFAULT", "Warning")))
                .doesNotContain("ERROR");
    }

    private static void copy(Path from, Path to) throws Exception {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
