package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.local.testkit.MovableClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Short runs of the drills of {@code scripts/drill.sh}. */
class DrillTest {

    private static final int EACH_FAULT_ONCE = 8;

    @TempDir
    static Path directory;

    private static Stage stage;

    @BeforeAll
    static void start() throws Exception {
        stage = Stage.networked(directory, MovableClock.in(directory).environment());
    }

    @AfterAll
    static void stop() throws Exception {
        stage.close();
    }

    @Test
    void keepsOrdersCompleteUniqueAndPrivateUnderEachFault() throws Exception {
        assertThat(Drill.MIXED.run(stage, EACH_FAULT_ONCE, 1)).contains("wrong answers 0, lost 0");
    }

    @Test
    void losesNothingUnderLoadWhileBackendsAreKilled() throws Exception {
        assertThat(LoadDrill.run(stage, 2, new Random(1))).contains("wrong answers 0, lost 0");
    }

    /** If this machine can't mount a small disk, the drill must say so. */
    @Test
    void losesNothingWhenTheDiskIsFull(@TempDir Path temporary) throws Exception {
        List<String> drill = new ArrayList<>(DiskDrill.namespace());
        drill.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Drill.class.getName(),
                "disk",
                "1"));
        String told = outputOf(drill);
        System.out.println(told);

        assertThat(told).containsAnyOf("wrong answers 0, lost 0", "NOT CHECKED");
    }

    private static String outputOf(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
