package com.ecommerce.orders.local.testkit;

import com.ecommerce.orders.local.LocalApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.support.GenericApplicationContext;

/** A clock that another process can set while the API uses it. The offset from the true time is in a file. */
public final class MovableClock extends Clock {

    private static final String SETTING = "DRILL_CLOCK";

    private final Path file;

    private MovableClock(Path file) {
        this.file = file;
    }

    /** Returns the clock whose file is in this directory. The clock has the true time until it is set. */
    public static MovableClock in(Path directory) throws IOException {
        MovableClock clock = new MovableClock(directory.resolve("clock").toAbsolutePath());
        clock.set(Duration.ZERO);
        return clock;
    }

    /** Starts the API with the clock whose file {@code DRILL_CLOCK} names. Without that variable the API uses the true time. */
    public static void main(String[] arguments) {
        SpringApplicationBuilder api = new SpringApplicationBuilder(LocalApplication.class).profiles("local");
        String file = System.getenv(SETTING);
        (file == null ? api : new MovableClock(Path.of(file)).moving(api)).run(arguments);
    }

    /** Returns the environment with which {@link #main} uses this clock. */
    public Map<String, String> environment() {
        return Map.of(SETTING, file.toString());
    }

    /** Returns the application with this clock. */
    public SpringApplicationBuilder moving(SpringApplicationBuilder application) {
        return application.initializers(context -> ((GenericApplicationContext) context)
                .registerBean("movableClock", Clock.class, () -> this, definition -> definition.setPrimary(true)));
    }

    /** Sets the offset from the true time. A negative offset sets the clock back. */
    public void set(Duration offset) throws IOException {
        Path next = file.resolveSibling("clock.next");
        Files.writeString(next, offset.toString());
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public Instant instant() {
        try {
            return Instant.now().plus(Duration.parse(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
