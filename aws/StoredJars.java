import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Stores the jars in a ZIP without compression. A cold start then reads classes without decompression. The ZIP gets
 * smaller, because it compresses each jar as a whole. The content of the jars does not change.
 */
final class StoredJars {

    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private StoredJars() {}

    /** @param arguments the path of the ZIP */
    public static void main(String[] arguments) throws IOException {
        Path packed = Path.of(arguments[0]);
        Path repacked = packed.resolveSibling(packed.getFileName() + ".new");
        try (ZipFile from = new ZipFile(packed.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(repacked))) {
            for (ZipEntry entry : Collections.list(from.entries())) {
                byte[] content = from.getInputStream(entry).readAllBytes();
                ZipEntry copy = new ZipEntry(entry);
                copy.setCompressedSize(-1);
                if (entry.getName().endsWith(".jar")) {
                    content = stored(from, entry);
                    copy.setSize(content.length);
                    copy.setCrc(crc(content));
                }
                write(copy, content, to);
            }
        }
        Files.move(repacked, packed, StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte[] stored(ZipFile zip, ZipEntry jar) throws IOException {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try (ZipInputStream from = new ZipInputStream(zip.getInputStream(jar));
                ZipOutputStream to = new ZipOutputStream(stored)) {
            for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                byte[] content = from.readAllBytes();
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setTimeLocal(NO_TIME);
                copy.setMethod(ZipEntry.STORED);
                copy.setSize(content.length);
                copy.setCrc(crc(content));
                write(copy, content, to);
            }
        }
        return stored.toByteArray();
    }

    private static void write(ZipEntry entry, byte[] content, ZipOutputStream to) throws IOException {
        to.putNextEntry(entry);
        to.write(content);
        to.closeEntry();
    }

    private static long crc(byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        return crc.getValue();
    }
}
