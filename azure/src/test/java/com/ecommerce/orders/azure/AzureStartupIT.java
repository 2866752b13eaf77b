package com.ecommerce.orders.azure;

import com.ecommerce.orders.startup.StartupSuite;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the staged app of Azure with a jar of a user in {@code lib}. */
class AzureStartupIT extends StartupSuite {

    @TempDir
    private Path folder;

    @Override
    protected String logOfStart(Path jar, Map<String, String> settings) throws Exception {
        copy(StagedApp.FOLDER, folder);
        Files.copy(jar, folder.resolve("lib/greeting.jar"));
        Map<String, String> all = new HashMap<>(AzureArtifactIT.settings());
        all.putAll(settings);
        try (StagedApp app = StagedApp.start(folder, "startup", all)) {
            HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(app.uri().resolve("/health")).build(), BodyHandlers.discarding());
            return app.log();
        }
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
