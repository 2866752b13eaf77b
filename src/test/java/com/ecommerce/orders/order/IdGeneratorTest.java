package com.ecommerce.orders.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdGeneratorTest {

    @Test
    void makesIdsOfVersion7() {
        IdGenerator ids = OrderConfiguration.idGenerator(new SecureRandom(), Clock.systemUTC());
        UUID first = ids.get();
        assertThat(first.version()).isEqualTo(7);
        assertThat(first.variant()).isEqualTo(2);
        assertThat(ids.get()).isNotEqualTo(first);
    }

    /** Proves the fault that the next test rules out. */
    @Test
    void twoProcessesFromOneSnapshotMakeTheSameIdsWithoutRenewal() throws Exception {
        assertThat(idsOfAProcess("as it was").get(0))
                .isEqualTo(idsOfAProcess("as it was").get(0));
    }

    @Test
    void twoProcessesFromOneSnapshotMakeDifferentIdsOnceTheyAreRenewed() throws Exception {
        List<String> ids = idsOfAProcess("renewed");
        assertThat(ids).hasSize(10_000).doesNotHaveDuplicates().doesNotContainAnyElementsOf(idsOfAProcess("renewed"));
    }

    private static List<String> idsOfAProcess(String state) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PrimedGenerator.class.getName(),
                        state)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            return out.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }
}
