package com.ecommerce.orders.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** Writes the files that are made from the table of settings. */
final class SettingsFiles {

    /** The command that writes the files. */
    static final String COMMAND = "mvn -Plocal test -Dtest=SettingsFilesTest -Dsettings.write";

    private static final Map<String, String> SECTIONS = sections();

    private static final String HEAD =
            """
            # Settings

            This page is made from the table in `src/main/java/com/ecommerce/orders/settings/Setting.java`. To change the page,
            change the table and run `%s`.

            - Every setting has the same name in every artifact. A name is an environment variable. It can be set as a Spring
              property too: `ORDERS_IDENTITY_JWT_JWKSETURI` is the property `orders.identity.jwt.jwk-set-uri`.
            - A missing or wrong setting stops the start. One line names the setting and shows an example. The message is the
              same in every artifact, and it never shows a value.
            - A name that begins with `ORDERS_` or `orders.` and is unknown stops the start. The message names the nearest
              setting. Other names are not checked, because platforms and other programs set some of them.
            - A setting with such a name stops the start of an artifact that does not read it.
            - An empty value stops the start. Only `DB_PASSWORD` may be empty.
            - A list is separated by commas, or numbered without a gap: `ORDERS_CORS_ORIGINS_0`, `ORDERS_CORS_ORIGINS_1`.
            - `${NAME}` in a value stands for the value of another variable or property. JSON and the values of a numbered list
              are taken as they are written.
            - A time is a number and its unit: `ms`, `s`, `m` or `h`.
            - `LOGGING_LEVEL_*` and the other settings of Spring Boot are described in
              [its documentation](https://docs.spring.io/spring-boot/appendix/application-properties/index.html).

            "all" stands for the local server and the functions of AWS, Azure and Google Cloud (gcp). "admin" stands for
            the programs of operators, such as `scripts/migrate.sh`.
            """;

    private SettingsFiles() {}

    private static Map<String, String> sections() {
        Map<String, String> sections = new LinkedHashMap<>();
        sections.put("DB_URL", "Database");
        sections.put("PORT", "Local server");
        sections.put("orders.http.base-path", "HTTP");
        sections.put("orders.identity.mode", "Callers and tenants");
        sections.put("orders.cache.url", "Cache, metrics and traces");
        sections.put("AWS_REGION", "Set by the platform");
        return sections;
    }

    /** Returns the text of {@code docs/settings.md}. */
    static String page() throws IOException {
        StringBuilder page = new StringBuilder(HEAD.formatted(COMMAND));
        for (Setting setting : Setting.values()) {
            String section = SECTIONS.get(setting.property());
            if (section != null) {
                page.append("\n## ").append(section).append("\n\n");
                page.append(
                        "| setting | meaning | allowed | default | example | read by |\n|---|---|---|---|---|---|\n");
            }
            page.append(row(setting)).append('\n');
        }
        return page.toString();
    }

    private static String row(Setting setting) throws IOException {
        String secret = setting.type() == SettingType.SECRET ? ". Secret" : "";
        List<String> cells = List.of(
                code(setting.variable()),
                setting.description(),
                setting.type().describe(setting.allowed()) + secret,
                defaults(setting),
                code(setting.example()),
                artifacts(setting));
        List<String> escaped =
                cells.stream().map(cell -> cell.replace("|", "\\|")).toList();
        return ("| " + String.join(" | ", escaped) + " |").replace("|  |", "| |");
    }

    private static String code(String text) {
        return text.equals("...") ? "" : "`" + text + "`";
    }

    /** Returns the default of the table, and the defaults in the artifacts' own files. */
    private static String defaults(Setting setting) throws IOException {
        List<String> defaults = new ArrayList<>();
        String general = setting.defaultValue();
        if (general != null) {
            defaults.add(code(general));
        }
        for (Map.Entry<Artifact, String> own : ownDefaults(setting).entrySet()) {
            defaults.add(own.getKey().profile() + ": " + code(own.getValue()));
        }
        return String.join("<br>", defaults);
    }

    private static Map<Artifact, String> ownDefaults(Setting setting) throws IOException {
        Map<Artifact, String> defaults = new TreeMap<>();
        for (Artifact artifact : Artifact.values()) {
            String value = ownProperties(artifact).getProperty(setting.property());
            if (value != null) {
                defaults.put(artifact, value);
            }
        }
        return defaults;
    }

    /** Returns the properties that an artifact brings. */
    static Properties ownProperties(Artifact artifact) throws IOException {
        Properties properties = new Properties();
        Path file = Path.of("profiles", artifact.profile(), "application-" + artifact.profile() + ".properties");
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            }
        }
        return properties;
    }

    private static String artifacts(Setting setting) {
        List<String> names = new ArrayList<>();
        if (setting.artifacts().containsAll(Artifact.API)) {
            names.add("all");
        }
        for (Artifact artifact : Artifact.values()) {
            boolean isNamed = names.contains("all") && Artifact.API.contains(artifact);
            if (setting.artifacts().contains(artifact) && !isNamed) {
                names.add(artifact.profile());
            }
        }
        return String.join(", ", names);
    }

    /** Returns the text of {@code META-INF/spring-configuration-metadata.json}, for editors of property files. */
    static String metadata() {
        List<Map<String, Object>> properties = new ArrayList<>();
        List<Map<String, Object>> hints = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            if (setting.property().startsWith("orders.")) {
                properties.add(property(setting));
            }
            if (setting.type() == SettingType.CHOICE) {
                List<Map<String, String>> values = List.of(setting.allowed().split("\\|")).stream()
                        .map(value -> Map.of("value", value))
                        .toList();
                hints.add(ordered("name", setting.property(), "values", values));
            }
        }
        return JsonMapper.shared()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(ordered("properties", properties, "hints", hints))
                + "\n";
    }

    private static Map<String, Object> property(Setting setting) {
        Map<String, Object> property = ordered("name", setting.property(), "type", javaType(setting.type()));
        property.put("description", setting.description());
        String defaultValue = setting.defaultValue();
        if (defaultValue != null) {
            property.put("defaultValue", setting.type() == SettingType.LIST ? List.of(defaultValue) : defaultValue);
        }
        return property;
    }

    private static Map<String, Object> ordered(String first, Object one, String second, Object other) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(first, one);
        map.put(second, other);
        return map;
    }

    private static String javaType(SettingType type) {
        return switch (type) {
            case LIST -> "java.util.List<java.lang.String>";
            case INTEGER -> "java.lang.Integer";
            case DURATION -> "java.time.Duration";
            default -> "java.lang.String";
        };
    }
}
