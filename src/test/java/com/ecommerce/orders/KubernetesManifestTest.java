package com.ecommerce.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The manifests in docs/kubernetes, and docs/compose.yaml, fit the settings and the routes of the API. */
class KubernetesManifestTest {

    private static final Path ORDERS = Path.of("docs/kubernetes/orders.yaml");
    private static final Path MIGRATION = Path.of("docs/kubernetes/migration.yaml");

    @Test
    void everyVariableIsASetting() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path file : List.of(ORDERS, MIGRATION)) {
            container(file)
                    .path("env")
                    .forEach(entry -> names.add(entry.path("name").asString()));
        }
        List<String> known = Stream.of(Setting.values()).map(Setting::variable).toList();

        assertThat(names).hasSizeGreaterThan(10).isSubsetOf(known);
    }

    @Test
    void everyVariableOfComposeIsASetting() throws IOException {
        JsonNode services = JsonMapper.shared()
                .valueToTree(new Yaml().load(Files.readString(Path.of("docs/compose.yaml"))))
                .path("services");
        List<String> known = Stream.of(Setting.values()).map(Setting::variable).toList();

        for (String service : List.of("migration", "api")) {
            assertThat(services.path(service).path("environment").propertyNames())
                    .as(service)
                    .hasSizeGreaterThan(3)
                    .isSubsetOf(known);
        }
        assertThat(services.at("/migration/entrypoint"))
                .isEqualTo(container(MIGRATION).path("command"));
    }

    @Test
    void theProbesAskHealthAndReadyAtThePortOfTheServer() throws IOException {
        JsonNode container = container(ORDERS);

        assertThat(container.at("/startupProbe/httpGet/path").asString()).isEqualTo("/health");
        assertThat(container.at("/livenessProbe/httpGet/path").asString()).isEqualTo("/health");
        assertThat(container.at("/readinessProbe/httpGet/path").asString()).isEqualTo("/ready");
        assertThat(container.at("/ports/0/containerPort").asString()).isEqualTo("8080");
        assertThat(Files.readString(Path.of("Dockerfile"))).contains("EXPOSE 8080");
    }

    @Test
    void theGracePeriodIsLongerThanTheShutdown() throws IOException {
        int grace = pod(ORDERS).path("terminationGracePeriodSeconds").asInt();
        int pause = container(ORDERS).at("/lifecycle/preStop/sleep/seconds").asInt();

        assertThat(Files.readString(Path.of("profiles/local/application-local.properties")))
                .contains("spring.lifecycle.timeout-per-shutdown-phase=20s");
        assertThat(grace).isGreaterThan(pause + 20);
    }

    /** A class of an image is not found until the job runs. */
    @Test
    void theMigrationNamesAProgram() throws IOException {
        String program = container(MIGRATION).at("/command/4").asString();

        assertThat(Path.of("src/local/main/java", program.replace('.', '/') + ".java"))
                .exists();
        assertThat(container(MIGRATION).at("/command/5").asString()).isEqualTo("migrate");
    }

    private static JsonNode container(Path file) throws IOException {
        return pod(file).at("/containers/0");
    }

    private static JsonNode pod(Path file) throws IOException {
        Object first = new Yaml().loadAll(Files.readString(file)).iterator().next();
        return JsonMapper.shared().valueToTree(first).at("/spec/template/spec");
    }
}
