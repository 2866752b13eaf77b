package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripts' manners. */
class ScriptsTest {

    private static final char ESCAPE = '\u001b';

    static List<Path> scripts() {
        try (Stream<Path> files = Files.list(Path.of("scripts"))) {
            return files.filter(file -> file.toString().endsWith(".sh"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What starts a program of ours leaves its options to that; the program's own tests see to them. */
    static List<Path> scriptsWithOptionsOfTheirOwn() {
        return scripts().stream()
                .filter(script -> !read(script).contains("\njava_program "))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void explainThemselvesWithoutColoursWhereThereIsNoTerminal(Path script) throws Exception {
        Result help = run(script, "--help");

        assertThat(help.code()).isZero();
        assertThat(help.text()).startsWith("Usage: " + script).doesNotContain("" + ESCAPE);
    }

    @ParameterizedTest
    @MethodSource("scriptsWithOptionsOfTheirOwn")
    void refuseAnOptionThatTheyDoNotKnowAndSayHowTheyAreUsed(Path script) throws Exception {
        Result refused = run(script, "--no-such-option");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.text()).contains(script.toString()).doesNotContain("" + ESCAPE);
    }

    private static String read(Path script) {
        try {
            return Files.readString(script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Result run(Path script, String option) throws Exception {
        Process process = new ProcessBuilder(script.toString(), option)
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), text);
    }

    private record Result(int code, String text) {}
}
