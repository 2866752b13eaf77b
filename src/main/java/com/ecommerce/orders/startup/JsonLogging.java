package com.ecommerce.orders.startup;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import com.ecommerce.orders.settings.SettingException;
import java.util.Locale;
import java.util.Set;

/**
 * The setup of logging from the first line on, by plain code: each line on the standard output is one JSON object. The file
 * {@code META-INF/services/ch.qos.logback.classic.spi.Configurator} of an artifact names the subclass of the adapter.
 */
public abstract class JsonLogging extends ContextAwareBase implements Configurator {

    private final Encoder<ILoggingEvent> lines;

    /** @param lines the encoder that writes an event as one line */
    protected JsonLogging(Encoder<ILoggingEvent> lines) {
        this.lines = lines;
    }

    /**
     * Stops the start if a variable asks for another format or place of the log.
     *
     * @param platform the name of the platform for the message
     * @param variables the names of the environment's variables
     * @throws SettingException if a variable is a {@code LOGGING_*} other than a level or a group of loggers
     */
    public static void check(String platform, Set<String> variables) {
        for (String variable : variables) {
            String name = variable.toUpperCase(Locale.ROOT).replace('.', '_');
            if (name.startsWith("LOGGING_")
                    && !name.startsWith("LOGGING_LEVEL_")
                    && !name.startsWith("LOGGING_GROUP_")) {
                throw new SettingException("The variable " + variable + " has no effect on " + platform
                        + ", where the log is one JSON object a line on the standard output. Remove the variable.");
            }
        }
    }

    @Override
    public final ExecutionStatus configure(LoggerContext context) {
        lines.setContext(context);
        lines.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setEncoder(lines);
        console.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(console);
        context.getLogger("com.ecommerce.orders").setLevel(Level.INFO);
        // Tells Spring Boot that logging is set up. Spring Boot then applies levels only.
        context.putObject("org.springframework.boot.logging.LoggingSystem", this);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
