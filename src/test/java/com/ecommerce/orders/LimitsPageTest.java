package com.ecommerce.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The figures of docs/limits.md are the figures of the code. The last column of the page quotes the code as
 * {@code `file`: `text`}. Each file contains its text, and each number of the second column is in one of the texts.
 */
class LimitsPageTest {

    private static final Path PAGE = Path.of("docs/limits.md");
    private static final Pattern QUOTATION = Pattern.compile("`([^`]+)`: `([^`]+)`");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final List<Path> SOURCES =
            List.of(Path.of("src"), Path.of("aws/src"), Path.of("azure/src"), Path.of("gcp/src"));

    private static final Map<String, Path> CLASSES = classes();

    @TestFactory
    Stream<DynamicTest> everyFigureIsInTheCodeThatTheRowQuotes() throws IOException {
        return rows().map(cells -> DynamicTest.dynamicTest(cells[1].strip(), () -> assertQuoted(cells)));
    }

    @Test
    void nearlyAllRowsQuoteCode() throws IOException {
        assertThat(rows().filter(cells ->
                        QUOTATION.matcher(cells[cells.length - 1]).find()))
                .hasSizeGreaterThan(60);
    }

    private static void assertQuoted(String[] cells) throws IOException {
        List<MatchResult> quotations =
                QUOTATION.matcher(cells[cells.length - 1]).results().toList();
        for (MatchResult quotation : quotations) {
            assertThat(withSingleSpaces(Files.readString(file(quotation.group(1)))))
                    .as(quotation.group(1))
                    .contains(quotation.group(2));
        }
        if (!quotations.isEmpty()) {
            Set<String> figures = quotations.stream()
                    .flatMap(quotation -> numbers(withUnits(quotation.group(2))))
                    .collect(Collectors.toSet());
            assertThat(numbers(cells[2].replace(",", ""))).isSubsetOf(figures);
        }
    }

    /** Returns the cells of each row of each table, without the table headers. */
    private static Stream<String[]> rows() throws IOException {
        List<String> lines = Files.readAllLines(PAGE);
        return Stream.iterate(0, i -> i + 1 < lines.size(), i -> i + 1)
                .filter(i -> lines.get(i).startsWith("| ") && !lines.get(i + 1).startsWith("|-"))
                .map(i -> lines.get(i).split("\\|"));
    }

    private static Path file(String name) {
        return CLASSES.getOrDefault(name, Path.of(name));
    }

    private static Map<String, Path> classes() {
        Map<String, Path> classes = new TreeMap<>();
        for (Path root : SOURCES) {
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(file -> file.toString().matches(".*/main/java/.*\\.java"))
                        .forEach(file ->
                                classes.put(file.getFileName().toString().replace(".java", ""), file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return classes;
    }

    private static String withSingleSpaces(String text) {
        return text.replaceAll("\\s+", " ");
    }

    /** Writes products as the page writes them: {@code 16 * 1024} is 16 KiB. */
    private static String withUnits(String code) {
        return code.replace("Integer.MAX_VALUE", String.valueOf(Integer.MAX_VALUE))
                .replace("_", "")
                .replaceAll("([0-9]+) \\* 1024 \\* 1024", "$1 MiB")
                .replaceAll("\\b1024 \\* 1024", "1 MiB")
                .replaceAll("([0-9]+) \\* 1024", "$1 KiB");
    }

    private static Stream<String> numbers(String text) {
        return NUMBER.matcher(text).results().map(number -> number.group().replaceFirst("^0+(?=.)", ""));
    }
}
