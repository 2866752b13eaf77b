package com.ecommerce.orders.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/** Records what this JVM logs, at the level of production and with all parts of a line. */
public final class LogWatch implements AutoCloseable {

    /** Patterns of tokens, e-mail addresses, names and addresses in the cases, and passwords of the test's database. */
    private static final Pattern PERSONAL = Pattern.compile(
            "eyJ[A-Za-z0-9_-]{8}|Bearer [A-Za-z0-9]|[A-Za-z0-9.]+@[a-z]|Lovelace|St James|llll|password=");

    private static final Logger OURS = (Logger) LoggerFactory.getLogger("com.ecommerce.orders");

    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Set<String> fields = new ConcurrentSkipListSet<>();
    private final Level before = OURS.getLevel();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            String failure = event.getThrowableProxy() == null
                    ? ""
                    : ThrowableProxyUtil.asString(event.getThrowableProxy()).replace('\n', ' ');
            fields.addAll(event.getMDCPropertyMap().keySet());
            lines.add(event.getLevel() + " " + event.getMDCPropertyMap() + " " + event.getFormattedMessage() + failure);
        }
    };

    private LogWatch() {
        appender.start();
        root.addAppender(appender);
        OURS.setLevel(Level.INFO);
    }

    /** Starts to record. Call the method after the server has started, because the start configures logging again. */
    public static LogWatch start() {
        return new LogWatch();
    }

    /** Returns the log so far. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Returns the names of the fields in the log so far. */
    public Set<String> fields() {
        return Set.copyOf(fields);
    }

    /** Fails if the log contains personal data or secrets, or a text that looks like a separate line. */
    public void assertDiscreet() {
        assertThat(lines).isNotEmpty();
        assertThat(lines).allSatisfy(line -> {
            assertThat(line).doesNotContainPattern(PERSONAL);
            assertThat(line).doesNotContainPattern("[\\r\\n\\u0085\\u2028\\u2029]");
        });
    }

    @Override
    public void close() {
        root.detachAppender(appender);
        OURS.setLevel(before);
    }
}
