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

    /**
     * Appends an entry. The entry is on the disk when this method returns. If the entry can't be written, the file keeps its
     * old content.
     */
    void append(ErasureEntry entry) {
        try {
            String start = endsWithinLine() ? "\n" : "";
            write(start + entry.toJson() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("nothing was erased, because the register " + file + " can't be written", e);
        }
    }

    private void write(String text) throws IOException {
        try (FileChannel channel = open()) {
            // A concurrent command waits. Otherwise truncate could remove the line of that command.
            channel.lock();
            long size = channel.size();
            try {
                write(channel, text);
            } catch (IOException e) {
                truncate(channel, size, e);
                throw e;
            }
        }
    }

    private static void write(FileChannel channel, String text) throws IOException {
        ByteBuffer line = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            channel.write(line);
        }
        channel.force(true);
    }

    /** Tells whether an interrupted command has left a last line that is not complete. */
    private boolean endsWithinLine() throws IOException {
        try (FileChannel content = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return content.size() > 0 && content.read(last, content.size() - 1) == 1 && last.get(0) != '\n';
        }
    }

    private static void truncate(FileChannel channel, long size, IOException cause) {
        try {
            channel.truncate(size);
            channel.force(true);
        } catch (IOException e) {
            cause.addSuppressed(e);
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
                    "line " + number + " of " + file
                            + " is not an entry of a register. Correct the line. If the line is"
                            + " only the start of an entry, the program was interrupted before the erasure happened: delete"
                            + " the line",
                    e);
        }
    }
}
