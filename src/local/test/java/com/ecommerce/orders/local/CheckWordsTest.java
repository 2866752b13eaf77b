package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the search for hard words, with samples of each kind of file. */
class CheckWordsTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A.java | int a; // tried anew | anew",
                "A.java | /* dearer than that */ | dearer",
                "A.java | /** What is stored. */ | /** What",
                "A.java | problem(\"The total is counted anew.\"); | anew",
                "src/test/ATest.java | void startsBy" + "ItselfAfterACrash() { | by itself",
                "page.md | Orders of a tenant are gone, whoever placed them. | whoever",
                "a.yaml | description: Nobody reads it. | Nobody",
                "a.yaml | port: 1 # whatever is free | whatever",
                "a.json | \"clause\": \"4 totals are computed anew\" | anew",
                "a.sql | SELECT 1; -- hence one row | hence",
                "pom.xml | <a/><!-- Whatever comes. --> | Whatever",
                "a.properties | # dear | dear",
                "a.sh | echo 'Stop, or else it runs.' | or else",
            })
    void findsAWordInProse(String file, String text, String word) throws Exception {
        write(file, "\n" + text + "\n");

        Result result = check();

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.output()).startsWith(directory.resolve(file) + ":2: " + word + " -> ");
        assertThat(result.output().lines()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A.java | Duration patience = NOBODY; // the timeout",
                "A.java | node.get(\"meanwhile\");",
                "A.java | char quote = '\"'; int anew = 1; char other = '\"';",
                "src/test/ATest.java | send(\"no tenant nobody\");",
                "src/test/ATest.java | void repeatsARequest() { anew(by.itself); }",
                "page.md | Run `tool whatever` twice.",
                "a.yaml | whatever: nobody",
                "a.json | \"meanwhile\": { \"sql\": \"whatever\" }",
                "a.sql | SELECT hence FROM whatever;",
                "pom.xml | <whatever/>",
                "a.txt | dear",
            })
    void ignoresCode(String file, String text) throws Exception {
        write(file, text + "\n");

        Result result = check();

        assertThat(result.output()).isEqualTo("Words: no hits\n");
        assertThat(result.code()).isZero();
    }

    @Test
    void ignoresBlocksOfCodeInAPage() throws Exception {
        write("page.md", "Run:\n\n```sh\nnobody\n```\n\nThen wait.\n");

        assertThat(check().code()).isZero();
    }

    @Test
    void readsDescriptionsOfSeveralLines() throws Exception {
        write("a.yaml", "get:\n  description: >-\n    An order,\n    whatever it holds.\n  whatever: nobody\n");

        assertThat(check().output().lines()).containsExactly(directory.resolve("a.yaml") + ":4: whatever -> any");
    }

    @Test
    void findsAPhraseInTwoLines() throws Exception {
        write("A.java", "/**\n * Fails for want\n * of a database.\n */\n");

        assertThat(check().output().lines())
                .containsExactly(directory.resolve("A.java") + ":2: for want of -> because of, without");
    }

    @Test
    void checksOnlyTheFirstWordsOfAJavadocComment() throws Exception {
        write("A.java", "/**\n * Returns the number\n * of orders.\n *\n * @return what is stored\n */\n");
        assertThat(check().code()).isZero();

        write("A.java", "/**\n * Of all orders, the newest.\n */\n");
        assertThat(check().output()).startsWith(directory.resolve("A.java") + ":2: /** Of -> a verb");
    }

    @Test
    void refusesAPathThatDoesNotExist() throws Exception {
        Result result = run("scripts/check_words.sh", directory.resolve("none").toString());

        assertThat(result.code()).isEqualTo(2);
    }

    private void write(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private Result check() throws Exception {
        return run("scripts/check_words.sh", directory.toString());
    }

    private static Result run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    private record Result(int code, String output) {}
}
