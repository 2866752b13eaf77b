package com.ecommerce.orders.aws.logging;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.spi.LocationAwareLogger;

/**
 * A stream that logs each text that is printed as a line. Spring Cloud Function prints such lines at each start, and the API
 * prints one if a setting is wrong. All other output passes unchanged: the log itself and Amazon's runtime client write
 * bytes, and the JVM does not print the lines of stack traces as texts.
 */
final class LoggingPrintStream extends PrintStream {

    private final LocationAwareLogger log;
    private final int level;

    /** @param level a level of {@link LocationAwareLogger} */
    LoggingPrintStream(PrintStream stream, LocationAwareLogger log, int level) {
        super(stream, true, StandardCharsets.UTF_8);
        this.log = log;
        this.level = level;
    }

    @Override
    public void println(@Nullable String line) {
        log.log(null, LoggingPrintStream.class.getName(), level, line, null, null);
    }
}
