package com.ecommerce.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages that describe the layout of the repository name every package and every source set. */
class LayoutTest {

    private static final Path PACKAGES = Path.of("src/main/java/com/ecommerce/orders");

    @Test
    void readmeListsEveryPackage() throws IOException {
        String layout = layout();

        assertThat(folders(PACKAGES)).isNotEmpty().allSatisfy(name -> assertThat(layout)
                .containsPattern("(?m)^  " + name + "/ "));
    }

    @Test
    void readmeListsNoPackageThatIsGone() throws IOException {
        assertThat(layout().lines().filter(line -> line.matches("  [a-z]+/.*")).map(line -> line.strip()
                        .split("/")[0]))
                .containsExactlyInAnyOrderElementsOf(folders(PACKAGES));
    }

    @Test
    void readmeListsEverySourceSet() throws IOException {
        String layout = layout();

        assertThat(folders(Path.of("src"))).isNotEmpty().allSatisfy(name -> assertThat(layout)
                .containsPattern("(?m)^src/" + name + "/"));
    }

    @Test
    void theMapOfTheArchitectureNamesEveryPackage() throws IOException {
        String map = Files.readString(Path.of("docs/architecture.md"));

        assertThat(folders(PACKAGES)).allSatisfy(name -> assertThat(map).contains("\n| `" + name + "` |"));
    }

    private static String layout() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        return readme.substring(readme.indexOf("## Layout"), readme.indexOf("docs/architecture.md](docs"));
    }

    private static List<String> folders(Path path) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(LayoutTest::hasFiles)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    /** Git keeps no empty folder. An empty folder may remain after files were moved. */
    private static boolean hasFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return Files.isDirectory(folder) && files.anyMatch(Files::isRegularFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
