package com.ecommerce.orders.aws.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.spi.LocationAwareLogger;

/**
 * The setup of logging from the first line on, by plain code: each line of the log is one JSON object. The level of the
 * adapter is above INFO. At INFO the adapter would log every event that it parses, including tokens.
 */
public final class AwsLogging extends ContextAwareBase implements Configurator {

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        AwsJsonLogEncoder lines = new AwsJsonLogEncoder();
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
        Logger printed = context.getLogger(LoggingPrintStream.class);
        System.setOut(new LoggingPrintStream(System.out, printed, LocationAwareLogger.INFO_INT));
        System.setErr(new LoggingPrintStream(System.err, printed, LocationAwareLogger.ERROR_INT));
        // Tells Spring Boot that logging is set up. Spring Boot then applies levels only.
        context.putObject("org.springframework.boot.logging.LoggingSystem", this);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
