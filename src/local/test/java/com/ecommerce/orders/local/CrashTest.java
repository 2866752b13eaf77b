package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecommerce.orders.local.testkit.ApiProcess;
import com.ecommerce.orders.testkit.EmbeddedPostmaster;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashTest {

    @TempDir
    Path directory;

    @Test
    void keepsOrdersCompleteAndUniqueWhenTheApiOrPostgresIsKilled() throws Exception {
        String result = Drill.CRASH.run(directory, 2, 1);

        assertThat(result).contains("lost 0");
    }

    @Test
    void respondsWith503WhileTheDatabaseIsDownAndServesAgainAutomatically() throws Exception {
        try (ApiProcess api = ApiProcess.startIn(directory)) {
            String token = api.token();
            EmbeddedPostmaster postmaster = EmbeddedPostmaster.of(directory);
            postmaster.stop();

            HttpResponse<String> refused = api.send("GET", "/orders", token, "", "", "");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");
            assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(api.send("GET", "/health", token, "", "", "").statusCode())
                    .isEqualTo(200);
            assertThat(api.send("GET", "/ready", token, "", "", "").statusCode())
                    .isEqualTo(503);
            await().untilAsserted(() -> assertThat(api.log()).contains("Stop the API and start it again"));

            postmaster.start();
            api.awaitReady();
            assertThat(api.send("GET", "/orders", token, "", "", "").statusCode())
                    .isEqualTo(200);
        }
    }
}
