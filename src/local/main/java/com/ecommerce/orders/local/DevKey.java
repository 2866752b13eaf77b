package com.ecommerce.orders.local;

import com.ecommerce.orders.settings.SettingException;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file with the key of development tokens. */
final class DevKey {

    private static final Logger LOG = LoggerFactory.getLogger(DevKey.class);
    private static final int KEY_BITS = 2048;

    private DevKey() {}

    /** Returns the key in {@code directory}. Creates the key if the directory has none. */
    static RSAKey in(Path directory) {
        Path file = directory.resolve("development-key.json");
        try {
            if (!Files.exists(file)) {
                DataDirectory.prepare(directory);
                create(directory, file);
            }
            return read(file);
        } catch (IOException e) {
            throw DataDirectory.unusable(file, e);
        } catch (ParseException e) {
            throw new SettingException("The key of development tokens is damaged: delete " + file.toAbsolutePath()
                    + " and start again. Tokens that it signed are then no longer valid");
        }
    }

    private static RSAKey read(Path file) throws IOException, ParseException {
        RSAKey key = RSAKey.parse(Files.readString(file));
        if (!key.isPrivate()) {
            throw new ParseException("The private key is missing", 0);
        }
        return key;
    }

    /** Creates the key. If another process creates a key first, the key of that process stays. */
    private static void create(Path directory, Path file) throws IOException {
        Path unfinished = temporaryFile(directory);
        try {
            Files.writeString(unfinished, newKey().toJSONString());
            publish(unfinished, file);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** Creates a file that only its owner may read. No moment exists at which others could read the file. */
    private static Path temporaryFile(Path directory) throws IOException {
        return directory.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? Files.createTempFile(
                        directory,
                        "key",
                        ".tmp",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : Files.createTempFile(directory, "key", ".tmp");
    }

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(KEY_BITS)
                    .keyIDFromThumbprint(true)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("This JVM can't make a key of development tokens", e);
        }
    }

    /**
     * Makes the complete file visible under its name. A link never replaces a file. Some file systems have no links: there
     * the file of the last process stays.
     */
    private static void publish(Path unfinished, Path file) throws IOException {
        try {
            Files.createLink(file, unfinished);
        } catch (FileAlreadyExistsException another) {
            LOG.debug("Another process has made {}", file, another);
        } catch (FileSystemException | UnsupportedOperationException noLinks) {
            LOG.debug("No link can be made to {}", file, noLinks);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
