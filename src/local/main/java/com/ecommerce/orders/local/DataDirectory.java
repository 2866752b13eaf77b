package com.ecommerce.orders.local;

import com.ecommerce.orders.settings.Setting;
import com.ecommerce.orders.settings.SettingException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directory with the data of the embedded PostgreSQL and the key of development tokens. */
final class DataDirectory {

    private DataDirectory() {}

    /**
     * Creates the directory if it does not exist.
     *
     * @throws SettingException if the API can't write to the directory
     */
    static void prepare(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw unusable(directory, e);
        }
        if (!Files.isWritable(directory)) {
            throw unusable(directory, new AccessDeniedException(directory.toString()));
        }
    }

    /** Returns an error whose message says in one line why the API can't use the path, and what to do. */
    static SettingException unusable(Path path, IOException cause) {
        return new SettingException("The API can't use " + path.toAbsolutePath().normalize() + ": " + reason(cause)
                + ". Name a directory that it may write to, for example " + Setting.DATA_DIR.variable()
                + "=" + Setting.DATA_DIR.example() + ". It needs no directory where " + Setting.DB_URL.variable()
                + " and "
                + Setting.IDENTITY_JWT_ISSUER.variable() + " are set");
    }

    private static String reason(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "it is read-only, or belongs to another user";
        }
        if (cause instanceof FileAlreadyExistsException) {
            return "it is a file, not a directory";
        }
        String reason = cause instanceof FileSystemException failure ? failure.getReason() : null;
        String text = reason == null ? String.valueOf(cause.getMessage()) : reason;
        return text.lines().findFirst().orElse(text);
    }
}
