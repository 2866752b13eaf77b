package com.ecommerce.orders.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file with all erasures, one JSON object in a line. The file is outside of the database, so that it survives a restore.
 *
 * @param file the file; created empty when a command checks that it can write the file
 */
record ErasureRegister(Path file) {

    /** @throws IllegalArgumentException if the file can't be written */
    void checkWritable() {
        try {
            open().close();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the register " + file + " can't be written (" + e + "). Name a file in a folder that exists, for"
                            + " example --register erasures.jsonl",
                    e);
        }
    }

    /** Appends an entry. The entry is on the disk when this method returns. */
    void append(ErasureEntry entry) {
        try (FileChannel channel = open()) {
            ByteBuffer line = ByteBuffer.wrap((entry.toJson() + "\n").getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException("nothing was erased, because the register " + file + " can't be written", e);
        }
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** @throws IllegalArgumentException if the file can't be read, or a line is not an entry */
    List<ErasureEntry> read() {
        List<ErasureEntry> entries = new ArrayList<>();
        try {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                if (!line.isBlank()) {
                    entries.add(read(line, number));
                }
            }
            return entries;
        } catch (IOException e) {
            throw new IllegalArgumentException("the register " + file + " can't be read (" + e + ")", e);
        }
    }

    private ErasureEntry read(String line, int number) {
        try {
            return ErasureEntry.parse(line);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "line " + number + " of " + file + " is not an entry of a register. Correct the line. If the"
                            + " program was interrupted while it wrote the line, its erasure did not happen: delete the line",
                    e);
        }
    }
}
