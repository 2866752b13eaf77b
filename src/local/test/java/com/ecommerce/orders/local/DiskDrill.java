package com.ecommerce.orders.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A drill on a small disk in memory. A separate process with a separate mount namespace mounts the disk. */
final class DiskDrill {

    private static final String SIZE = "size=256m";

    private DiskDrill() {}

    static String run(Path directory, int strikes) throws Exception {
        if (exitCode("mount", "-t", "tmpfs", "-o", SIZE, "drill", directory.toString()) != 0) {
            return "NOT CHECKED: a full disk, because this process may not mount a disk. Run scripts/drill.sh disk as root, or"
                    + " where unprivileged user namespaces are allowed";
        }
        return Drill.DISK.run(directory, strikes, System.nanoTime());
    }

    /** Returns a prefix for commands that mount a disk in a separate namespace, or an empty list if that is not possible. */
    static List<String> namespace() throws IOException, InterruptedException {
        List<String> unshare = System.getProperty("user.name").equals("root")
                ? List.of("unshare", "--mount")
                : List.of("unshare", "--mount", "--map-root-user");
        List<String> trial = new ArrayList<>(unshare);
        trial.add("true");
        return exitCode(trial.toArray(String[]::new)) == 0 ? unshare : List.of();
    }

    private static int exitCode(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
