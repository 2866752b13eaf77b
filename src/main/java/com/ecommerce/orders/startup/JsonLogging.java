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
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * The setup of logging from the first line on, by plain code: each line on the standard output is one JSON object. The file
 * {@code META-INF/services/ch.qos.logback.classic.spi.Configurator} of an artifact names the subclass of the adapter. The
 * level of all other code is above INFO. At INFO, Spring Cloud Function's adapter for AWS would log every event that it
 * parses, including tokens.
 */
public abstract class JsonLogging extends ContextAwareBase implements Configurator {

    /** The second words of Spring Boot's settings for the format and the place of the log. */
    private static final Set<String> FORMATS = Set.of(
            "charset",
            "config",
            "console",
            "exception",
            "exceptionconversionword",
            "file",
            "include",
            "includeapplicationgroup",
            "includeapplicationname",
            "log4j2",
            "logback",
            "pattern",
            "structured",
            "threshold");

    private final Encoder<ILoggingEvent> lines;

    /** @param lines the encoder that writes an event as one line */
    protected JsonLogging(Encoder<ILoggingEvent> lines) {
        this.lines = lines;
    }

    /**
     * Refuses a setting that asks for another format or place of the log, from any source of settings.
     *
     * @param platform the name of the platform for the message
     * @throws SettingException if such a setting exists
     */
    public static void check(String platform, ConfigurableEnvironment environment) {
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> settings) {
                for (String name : settings.getPropertyNames()) {
                    if (isFormat(name) && !SettingFiles.isOwnPattern(name, settings.getProperty(name))) {
                        throw refusal(platform, settings.getName(), name);
                    }
                }
            }
        }
    }

    /** Tells whether a name is one of Spring Boot's, such as {@code logging.config} or {@code LOGGING_CONFIG}. */
    private static boolean isFormat(String name) {
        String[] words = name.toLowerCase(Locale.ROOT).replace('_', '.').split("\\.", 3);
        return words.length > 1 && words[0].equals("logging") && FORMATS.contains(words[1].replace("-", ""));
    }

    private static SettingException refusal(String platform, String source, String name) {
        String kind =
                source.equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME) ? "variable " : "property ";
        return new SettingException("The " + kind + name + " has no effect on " + platform
                + ", where the log is one JSON object a line on the standard output. Remove the " + kind.strip() + ".");
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(console(context));
        context.getLogger("com.ecommerce.orders").setLevel(Level.INFO);
        // Tells Spring Boot that logging is set up. Spring Boot then applies levels only.
        context.putObject("org.springframework.boot.logging.LoggingSystem", this);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private ConsoleAppender<ILoggingEvent> console(LoggerContext context) {
        lines.setContext(context);
        lines.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setEncoder(lines);
        console.start();
        return console;
    }
}
