package com.ecommerce.orders.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.azure.testkit.StagedApp;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the uploaded folder. The plugin that stages the folder does not check that the worker can load it. */
@NullUnmarked
class StagingIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String MAIN_CLASS = "com.ecommerce.orders.azure.AzureApplication";
    private static final Path JAR = StagedApp.FOLDER.resolve("ecommerce-order-api.jar");
    private static final Pattern FOREIGN_JAR = Pattern.compile(
            ".*(aws|amazon|lambda|google|gcp|tomcat|jetty|netty|undertow"
                    + "|servlet|webflux|webmvc|flyway|embedded|zonky|scalar|swagger|commons-compress|xz|gson|junit|test|nullaway).*");
    private static final List<String> FOREIGN_CLASSES = List.of(
            "com/ecommerce/orders/aws/",
            "com/ecommerce/orders/gcp/",
            "com/ecommerce/orders/local/",
            "com/amazonaws/",
            "software/amazon/",
            "com/google/cloud/",
            "com/google/gson/",
            "io/zonky/",
            "org/flywaydb/",
            "org/apache/catalina/",
            "org/eclipse/jetty/",
            "io/netty/",
            "jakarta/servlet/",
            "org/springframework/boot/loader/");

    @Test
    void hasOneFunctionForEveryPathAndMethod() throws IOException {
        List<Path> functions = files(StagedApp.FOLDER, "function.json");
        assertThat(functions).hasSize(1);
        JsonNode function = JSON.readTree(functions.get(0).toFile());

        assertThat(functions.get(0).getParent().getFileName()).hasToString("orders");
        assertThat(function.path("scriptFile").asString()).isEqualTo("../" + JAR.getFileName());
        assertThat(function.path("entryPoint").asString()).isEqualTo("com.ecommerce.orders.azure.AzureHandler.handle");
        JsonNode trigger = function.path("bindings").get(0);
        assertThat(trigger.path("type").asString()).isEqualTo("httpTrigger");
        assertThat(trigger.path("route").asString()).isEqualTo("{*path}");
        assertThat(trigger.path("authLevel").asString()).isEqualToIgnoringCase("anonymous");
        assertThat(trigger.path("methods").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrder(
                        "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");
        assertThat(function.path("bindings").get(1).path("name").asString()).isEqualTo("$return");
    }

    @Test
    void hasTheHostJsonOfTheProject() throws IOException {
        JsonNode host = JSON.readTree(StagedApp.FOLDER.resolve("host.json").toFile());

        assertThat(host).isEqualTo(JSON.readTree(Path.of("azure/host.json").toFile()));
        JsonNode http = host.path("extensions").path("http");
        assertThat(http.path("routePrefix").asString("none")).isEmpty();
        assertThat(http.path("maxConcurrentRequests").asInt()).isPositive();
    }

    @Test
    void hasClassesAtTheRootOfItsJarAndNoJarInside() throws IOException {
        List<String> entries = entries(JAR);

        assertThat(entries)
                .contains(
                        "com/ecommerce/orders/azure/AzureHandler.class",
                        "com/ecommerce/orders/azure/AzureApplication.class",
                        "application.properties",
                        "application-azure.properties")
                .noneMatch(entry -> entry.startsWith("BOOT-INF/") || entry.endsWith(".jar"))
                .noneMatch(entry -> entry.startsWith("application-") && !entry.equals("application-azure.properties"));
    }

    @Test
    void namesTheMainClassForTheInjector() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
                    .isEqualTo(MAIN_CLASS);
        }
    }

    /** The settings of the app come from the template, the plugin that deploys, or a file for a developer's machine. */
    @Test
    void allSourcesOfSettingsNameTheSameMainClass() throws IOException {
        JsonNode template = JSON.readTree(Path.of("azure/azuredeploy.json").toFile());
        JsonNode local =
                JSON.readTree(Path.of("azure/local.settings.example.json").toFile());
        String pom = Files.readString(Path.of("pom.xml"));

        assertThat(template.findValuesAsString("MAIN_CLASS")).containsOnly(MAIN_CLASS);
        assertThat(local.at("/Values/MAIN_CLASS").asString()).isEqualTo(MAIN_CLASS);
        assertThat(pom)
                .contains("<start-class>" + MAIN_CLASS + "</start-class>")
                .containsPattern("<appSettings>\\s*<property>(\\s*<!--.*?-->)?"
                        + "\\s*<name>MAIN_CLASS</name>\\s*<value>\\$\\{start-class}</value>");
    }

    @Test
    void isBuiltForJava17() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile());
                InputStream in = jar.getInputStream(jar.getEntry("com/ecommerce/orders/azure/AzureHandler.class"))) {
            assertThat(in.readNBytes(8)[7]).isEqualTo((byte) 61);
        }
    }

    @Test
    void containsTheNeededLibraries() throws IOException {
        assertThat(names(libraries()))
                .anyMatch(name -> name.startsWith("spring-cloud-function-adapter-azure-"))
                .anyMatch(name -> name.startsWith("spring-cloud-function-context-5."))
                .anyMatch(name -> name.startsWith("postgresql-"))
                .anyMatch(name -> name.startsWith("azure-identity-extensions-"))
                .anyMatch(name -> name.startsWith("azure-core-http-jdk-httpclient-"));
    }

    @Test
    void containsNoOtherCloudsAndNoServer() throws IOException {
        assertThat(names(libraries()))
                .noneMatch(name -> FOREIGN_JAR.matcher(name).matches());
        for (Path jar : jars()) {
            assertThat(entries(jar)).as(jar.toString()).noneMatch(entry -> FOREIGN_CLASSES.stream()
                    .anyMatch(entry::startsWith));
        }
    }

    /** The class path of the worker has no fixed order. */
    @Test
    void hasNoClassTwice() throws IOException {
        Map<String, TreeSet<String>> homes = new TreeMap<>();
        for (Path jar : jars()) {
            entries(jar).stream()
                    .filter(entry -> entry.endsWith(".class") && !entry.endsWith("module-info.class"))
                    .forEach(entry -> homes.computeIfAbsent(entry, first -> new TreeSet<>())
                            .add(String.valueOf(jar.getFileName())));
        }
        homes.values().removeIf(jars -> jars.size() == 1);

        assertThat(homes).isEmpty();
    }

    @Test
    void hasOneInjector() throws IOException {
        assertThat(jars())
                .filteredOn(jar -> entries(jar)
                        .contains(
                                "META-INF/services/com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector"))
                .hasSize(1);
    }

    /** Azure allows 1 GB, but each cold start reads every megabyte. */
    @Test
    void isSmall() throws IOException {
        long bytes = 0;
        for (Path jar : jars()) {
            bytes += Files.size(jar);
        }
        assertThat(bytes).isLessThan(40_000_000);
    }

    private static List<Path> jars() throws IOException {
        return Stream.concat(Stream.of(JAR), libraries().stream()).toList();
    }

    private static List<Path> libraries() throws IOException {
        return files(StagedApp.FOLDER.resolve("lib"), ".jar");
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files =
                Files.find(folder, 2, (path, is) -> path.toString().endsWith(ending))) {
            return files.sorted().toList();
        }
    }

    private static List<String> names(List<Path> files) {
        return files.stream().map(file -> String.valueOf(file.getFileName())).collect(Collectors.toList());
    }

    private static List<String> entries(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().map(entry -> entry.getName()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
