package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the README's commands as they stand, against a server on another port. */
class ReadmeTest {

    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path directory;

    @Test
    void itsFirstOrderAndItsTourAnswerWhatItSays() throws Exception {
        try (LocalServer server = LocalServer.withDevIssuer(directory)) {
            String output = run(String.join("\necho\n", blocks()), server.port());

            assertThat(output)
                    .contains("\"grandTotal\":6181")
                    .contains("\"grandTotal\":4278")
                    .contains("304\n")
                    .contains("\"note\":\"Please ring twice.\"")
                    .contains("\"cancelReason\":\"just asking\"")
                    .contains("\"status\":\"COMPLETED\"")
                    .contains("\"code\":\"INVALID_TRANSITION\"")
                    .contains("\"type\":\"ORDER_COMPLETED\"")
                    .contains("{\"order\":{")
                    .doesNotContain("\"status\":400", "\"status\":401", "\"status\":404", "\"status\":412");
        }
    }

    private static List<String> blocks() throws Exception {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(Path.of("README.md")));
        while (matcher.find()) {
            if (matcher.group(1).contains("curl")) {
                blocks.add(matcher.group(1));
            }
        }
        assertThat(blocks).hasSizeGreaterThan(7);
        return blocks;
    }

    private String run(String script, int port) throws Exception {
        Path output = directory.resolve("output");
        Process shell = new ProcessBuilder("bash", "-eu", "-c", script.replace("localhost:8080", "localhost:" + port))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(shell.exitValue()).as(text).isZero();
        return text;
    }
}
