package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.settings.SettingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

    @TempDir
    Path directory;

    /** Until the first release, migrations are rewritten in place. */
    @Test
    void refusesADirectoryOfAnEarlierDevelopmentVersionAndStopsTheServer() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory);
                Connection superuser = DriverManager.getConnection(database.url(), "postgres", "");
                Statement statement = superuser.createStatement()) {
            statement.execute("UPDATE flyway_schema_history SET checksum = 1 WHERE version = '001'");
        }

        assertThatThrownBy(() -> EmbeddedDatabase.start(directory))
                .isInstanceOf(SettingException.class)
                .message()
                .contains(directory + " was made by an earlier development version", "Delete it", "ORDERS_DATA_DIR=")
                .hasLineCount(1);
        assertThat(Files.exists(directory.resolve("postgres/postmaster.pid"))).isFalse();
    }
}
