package com.ecommerce.orders.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.testkit.TestEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files about settings say the same as the table. */
class SettingsFilesTest {

    private static final Path METADATA = Path.of("src/main/resources/META-INF/spring-configuration-metadata.json");
    private static final Pattern LINE = Pattern.compile("(?m)^(#?)([A-Z][A-Z_]+)=(.*)$");

    /** A setting whose name is a string literal in the code. */
    private static final Pattern READ_BY_NAME =
            Pattern.compile("(?:getProperty|getRequiredProperty|containsProperty|getenv|environment\\.get\\w*)\\(\\s*"
                    + "\"((?:orders\\.|[A-Z]+_)[A-Za-z._-]+|PORT|HOST)\"");

    @Test
    void documentsEverySetting() throws IOException {
        assertSame(Path.of("docs/settings.md"), SettingsFiles.page());
    }

    @Test
    void describesEveryPropertyToEditors() throws IOException {
        assertSame(METADATA, SettingsFiles.metadata());
    }

    private static void assertSame(Path file, String text) throws IOException {
        if (System.getProperty("settings.write") != null) {
            Files.writeString(file, text);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "")
                .as("%s does not match the table of settings. Run: %s", file, SettingsFiles.COMMAND)
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {".env.example"})
    void namesOnlySettingsOfTheLocalServerInTheExample(String file) throws IOException {
        Matcher lines = LINE.matcher(Files.readString(Path.of(file)));
        Map<String, String> values = new HashMap<>();
        while (lines.find()) {
            values.put(lines.group(2), lines.group(3).replaceAll("^'|'$", ""));
        }

        assertThat(values).hasSizeGreaterThan(10);
        for (String name : values.keySet()) {
            assertThat(setting(name).artifacts()).as(name).contains(Artifact.LOCAL);
        }
        values.values().removeIf(String::isEmpty);
        assertThat(OrdersSettings.of(TestEnvironment.of(values, Map.of("spring.profiles.include", "local"))))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/running.md", "docs/operations.md", "gcp/deploy.env.example"})
    void namesOnlyExistingSettings(String file) throws IOException {
        Matcher names = Pattern.compile("\\bORDERS_[A-Z_]*[A-Z]\\b(?!_)").matcher(Files.readString(Path.of(file)));
        while (names.find()) {
            assertThat(setting(names.group())).isNotNull();
        }
    }

    private static Setting setting(String variable) {
        return Stream.of(Setting.values())
                .filter(setting -> setting.variable().equals(variable))
                .findFirst()
                .orElseThrow(() -> new AssertionError(variable + " is not in the table of settings"));
    }

    @Test
    void readsNoSettingThatTheTableLacks() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : mainSources()) {
            Matcher read = READ_BY_NAME.matcher(Files.readString(file));
            while (read.find()) {
                found.add(file + ": " + read.group(1));
            }
        }
        assertThat(found).as("settings that are read by a name in the code").isEmpty();
    }

    private static List<Path> mainSources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String root : List.of("src", "aws", "azure", "gcp")) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> file.toString().contains("/main/java/"))
                        .filter(file -> !file.startsWith("src/testkit"))
                        .forEach(sources::add);
            }
        }
        return sources;
    }
}
