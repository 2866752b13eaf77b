package com.ecommerce.orders.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Tests of the example of a deployment with GitHub Actions. */
class GithubWorkflowTest {

    private static final Path WORKFLOW = Path.of("gcp/github-workflow.yaml");

    @Test
    void logsInWithOidcAndStoresNoKey() throws IOException {
        String text = Files.readString(WORKFLOW);

        assertThat(workflow().get("permissions")).isEqualTo(Map.of("contents", "read", "id-token", "write"));
        assertThat(text).contains("uses: google-github-actions/auth@").doesNotContain("secrets.", "credentials_json");
    }

    @Test
    void deploysWithTheScriptAndOptionsThatItHas() throws Exception {
        Process help = new ProcessBuilder("scripts/deploy_gcp.sh", "--help").start();
        String options = new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(steps().get(steps().size() - 1).get("run").toString().split("\\s+"))
                .contains("scripts/deploy_gcp.sh")
                .filteredOn(word -> word.startsWith("--"))
                .isNotEmpty()
                .allSatisfy(option -> assertThat(options).contains("  " + option + " "));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> steps() throws IOException {
        Map<String, Object> jobs = (Map<String, Object>) workflow().get("jobs");
        return (List<Map<String, Object>>) ((Map<String, Object>) jobs.get("deploy")).get("steps");
    }

    private static Map<String, Object> workflow() throws IOException {
        return new Yaml().load(Files.readString(WORKFLOW));
    }
}
