package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.local.testkit.LocalServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartupBannerTest {

    @TempDir
    Path data;

    @TempDir
    Path anyFolder;

    @Test
    void showsACommandThatPlacesAnOrderFromAnyFolder() throws Exception {
        try (LocalServer server = LocalServer.withDevIssuer(data)) {
            Process shell = new ProcessBuilder(
                            "sh", "-c", StartupBanner.firstOrder(server.uri().toString()))
                    .directory(anyFolder.toFile())
                    .redirectErrorStream(true)
                    .start();

            assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("\"status\":\"PLACED\"", "\"grandTotal\":1999");
            assertThat(shell.waitFor()).isZero();
        }
    }
}
