import java.io.IOException;
import java.nio.file.Path;

/** The options with which a JDK writes and reads a cache of classes. */
enum Cache {
    /** A cache of JDK 25 and newer (JEP 483, 514). */
    AOT("-XX:AOTCacheOutput=", "-XX:AOTCache="),

    /** An archive of older JDKs (JEP 350). */
    CDS("-XX:ArchiveClassesAtExit=", "-XX:SharedArchiveFile=");

    private static final int FIRST_JAVA_WITH_AOT = 25;

    private final String write;
    private final String read;

    Cache(String write, String read) {
        this.write = write;
        this.read = read;
    }

    static Cache of(Path jdk) throws IOException {
        return Figures.feature(jdk) >= FIRST_JAVA_WITH_AOT ? AOT : CDS;
    }

    /** Returns the option with which a run writes the cache at its end. */
    String write(Path file) {
        return write + file;
    }

    String read(Path file) {
        return read + file;
    }
}
