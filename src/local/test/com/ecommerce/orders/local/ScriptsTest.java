package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripts' manners. */
class ScriptsTest {

    private static final char ESCAPE = '\u001b';

    @TempDir
    Path directory;

    static List<Path> scripts() {
        return Stream.of("scripts", "benchmarks", "gcp")
                .flatMap(folder -> scriptsIn(Path.of(folder)).stream())
                .toList();
    }

    private static List<Path> scriptsIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
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
        assertThat(help.output()).startsWith("Usage: " + script).doesNotContain("" + ESCAPE);
        assertThat(help.complaints()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("scriptsWithOptionsOfTheirOwn")
    void refuseAnOptionThatTheyDoNotKnowAndSayHowTheyAreUsed(Path script) throws Exception {
        Result refused = run(script, "--no-such-option");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.complaints()).contains(script.toString()).doesNotContain("" + ESCAPE);
        assertThat(refused.output()).isEmpty();
    }

    private static String read(Path script) {
        try {
            return Files.readString(script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Result run(Path script, String option) throws Exception {
        Path complaints = directory.resolve("complaints");
        Process process = new ProcessBuilder(script.toString(), option)
                .redirectError(complaints.toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output, Files.readString(complaints));
    }

    private record Result(int code, String output, String complaints) {}
}
