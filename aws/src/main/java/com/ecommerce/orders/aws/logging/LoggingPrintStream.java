package com.ecommerce.orders.aws.logging;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.spi.LocationAwareLogger;

/**
 * Makes a line of the log of each text that is printed as a line, as Spring Cloud Function does at each start and we do
 * where a setting is wrong. The log itself and Amazon's runtime client write bytes, and the JVM prints stack traces line by
 * line, but not as texts: these pass.
 */
final class LoggingPrintStream extends PrintStream {

    private final LocationAwareLogger log;
    private final int level;

    /** @param level one of {@link LocationAwareLogger}'s */
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
