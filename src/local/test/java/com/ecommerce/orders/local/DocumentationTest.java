package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that all links and files exist that the documentation names. */
class DocumentationTest {

    private static final Pattern OUR_FILE = Pattern.compile(
            "(?:scripts|docs|database|aws|azure|gcp|benchmarks|clients|profiles|src)/[A-Za-z0-9_./-]*[A-Za-z0-9_/-]");

    /** The files that readers of the documentation create. */
    private static final Set<String> OF_THE_READERS = Set.of(
            "aws/deploy.parameters",
            "gcp/deploy.env",
            "azure/azuredeploy.parameters.json",
            "src/main/java/com/ecommerce/orders/order/Reorder.java",
            "src/test/resources/conformance/19-reorder.json");

    static List<MarkdownPage> pages() {
        return MarkdownPage.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkHasATarget(MarkdownPage page) {
        for (String link : page.links()) {
            if (link.contains("://")) {
                assertThat(URI.create(link).getHost()).as(link).isNotEmpty();
                continue;
            }
            String file = link.replaceFirst("#.*", "");
            Path target = file.isEmpty()
                    ? page.path()
                    : page.path().resolveSibling(file).normalize();
            assertThat(target).as(link).exists();
            if (link.contains("#")) {
                assertThat(MarkdownPage.read(target).anchors())
                        .as(link)
                        .contains(link.substring(link.indexOf('#') + 1));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyNamedFileExists(MarkdownPage page) {
        assertThat(page.code().stream()
                        .map(code -> code.split(" ")[0])
                        .filter(code -> OUR_FILE.matcher(code).matches())
                        .filter(file -> !OF_THE_READERS.contains(file))
                        .filter(file -> !Files.exists(Path.of(file)))
                        .filter(file -> !Files.exists(page.path().resolveSibling(file))))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyBlockOfCodeIsClosed(MarkdownPage page) throws Exception {
        assertThat(Files.readString(page.path()).lines().filter(line -> line.strip()
                        .startsWith("```")))
                .hasSize(2 * page.blocks().size());
    }
}
