package com.ecommerce.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every test and file that SECURITY.md names exists. */
class SecurityDocumentTest {

    private static final Pattern PROOF = Pattern.compile("`([^`]+)`");
    private static final Pattern TEST = Pattern.compile("([A-Z]\\w+(?:Test|IT))(?:\\.(\\w+))?");
    private static final List<Path> TESTS = List.of(Path.of("src"), Path.of("aws"), Path.of("azure"), Path.of("gcp"));

    @TestFactory
    Stream<DynamicTest> everyProofExists() throws IOException {
        Map<String, Path> tests = tests();
        List<String> proofs = lastCells(Files.readAllLines(Path.of("SECURITY.md")));

        assertThat(proofs).hasSizeGreaterThan(15).allMatch(cell -> PROOF.matcher(cell)
                .find());
        return proofs.stream()
                .flatMap(cell -> PROOF.matcher(cell).results().map(found -> found.group(1)))
                .distinct()
                .map(proof -> DynamicTest.dynamicTest(proof, () -> assertExists(proof, tests)));
    }

    /** Returns the last cell of each row of each table, without the table headers. */
    private static List<String> lastCells(List<String> lines) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i + 1 < lines.size(); i++) {
            String[] row = lines.get(i).split("\\|");
            if (row.length > 3
                    && !lines.get(i).contains("---")
                    && !lines.get(i + 1).contains("---")) {
                cells.add(row[row.length - 1]);
            }
        }
        return cells;
    }

    private static void assertExists(String proof, Map<String, Path> tests) throws IOException {
        Matcher test = TEST.matcher(proof);
        if (proof.matches("\\d\\d-[a-z-]+")) {
            assertThat(Path.of("src/test/resources/conformance", proof + ".json"))
                    .exists();
        } else if (test.matches()) {
            assertThat(tests).containsKey(test.group(1));
            String source = Files.readString(tests.get(test.group(1)));
            assertThat(source)
                    .containsPattern("@(Test|TestFactory|ParameterizedTest|Property)\\b")
                    .contains(test.group(2) == null ? "" : " " + test.group(2) + "(");
        } else {
            assertThat(Path.of(proof)).exists();
        }
    }

    private static Map<String, Path> tests() throws IOException {
        Map<String, Path> tests = new TreeMap<>();
        for (Path root : TESTS) {
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .forEach(file -> tests.put(file.getFileName().toString().replace(".java", ""), file));
            }
        }
        return tests;
    }
}
