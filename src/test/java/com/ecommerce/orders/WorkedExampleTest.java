package com.ecommerce.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Checks the operation that {@code docs/extending.md} adds. {@code scripts/check_example.sh} runs the operation. */
class WorkedExampleTest {

    private static final Path PATCH = Path.of("docs/examples/reorder.patch");
    private static final Path PAGE = Path.of("docs/extending.md");
    private static final Pattern STEP = Pattern.compile("(?m)^\\| [0-9]+ \\| `([^`]+)` \\|");
    private static final Pattern SHOWN = Pattern.compile("```diff\n(.*?)```", Pattern.DOTALL);

    @Test
    void appliesToThisVersion() throws Exception {
        assertThat(git("apply", "--check", PATCH.toString())).isEmpty();
    }

    @Test
    void touchesThePlacesThatThePageNamesAndAddsAsManyLines() throws Exception {
        String page = Files.readString(PAGE);
        List<String[]> files = git("apply", "--numstat", PATCH.toString())
                .lines()
                .map(line -> line.split("\t"))
                .toList();

        assertThat(files)
                .extracting(columns -> columns[2])
                .containsExactlyInAnyOrderElementsOf(STEP.matcher(page)
                        .results()
                        .map((MatchResult step) -> step.group(1))
                        .toList());
        assertThat(files).extracting(columns -> columns[1]).containsOnly("0");
        assertThat(page)
                .contains(files.stream()
                                .mapToInt(columns -> Integer.parseInt(columns[0]))
                                .sum()
                        + " lines added, none changed");
    }

    @Test
    void containsWhatThePageShows() throws Exception {
        List<String> lines = Files.readAllLines(PATCH);
        List<String> shown = SHOWN.matcher(Files.readString(PAGE))
                .results()
                .flatMap(block -> block.group(1).lines())
                .toList();

        assertThat(shown).hasSizeGreaterThan(10).allMatch(lines::contains);
    }

    private static String git(String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process git = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(git.waitFor()).as(output).isZero();
        return output;
    }
}
