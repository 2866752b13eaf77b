package com.ecommerce.orders.local;

import com.ecommerce.orders.settings.SettingException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lock of the data directory against other processes. The operating system releases the lock of a killed process. */
record DirectoryLock(FileChannel channel) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryLock.class);

    /** @throws SettingException if another process has the lock, or the lock can't be written */
    static DirectoryLock of(Path directory) {
        Path file = directory.resolve("lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                return new DirectoryLock(channel);
            }
            channel.close();
        } catch (IOException e) {
            throw DataDirectory.unusable(file, e);
        }
        throw new SettingException("Another instance of the API uses " + directory.toAbsolutePath()
                + ". Stop it, or name another directory, for example ORDERS_DATA_DIR=.data2");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("The lock of the data directory is left to the end of this process", e);
        }
    }
}
