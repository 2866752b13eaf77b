package com.ecommerce.orders.gcp;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import com.ecommerce.orders.http.TraceContext;
import com.ecommerce.orders.logging.JsonLine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonWriter;
import org.springframework.boot.logging.structured.StructuredLogFormatter;
import org.springframework.core.env.Environment;

/**
 * One JSON object a line, in the fields that Cloud Logging gives a meaning to. {@code GOOGLE_CLOUD_PROJECT} names the
 * project whose traces they are; without it Cloud Logging gets the bare id.
 */
final class CloudLoggingFormat implements StructuredLogFormatter<ILoggingEvent> {

    private final String traces;
    private final JsonWriter<ILoggingEvent> writer =
            JsonWriter.<ILoggingEvent>of(this::addMembers).withNewLineAtEnd();

    CloudLoggingFormat(Environment environment) {
        String project = environment.getProperty("GOOGLE_CLOUD_PROJECT", "");
        this.traces = project.isBlank() ? "" : "projects/" + project + "/traces/";
    }

    @Override
    public String format(ILoggingEvent event) {
        return writer.writeToString(event);
    }

    private void addMembers(JsonWriter.Members<ILoggingEvent> members) {
        members.add("severity", event -> severity(event.getLevel()));
        members.add("time", event -> event.getInstant().toString());
        members.add("message", ILoggingEvent::getFormattedMessage);
        members.add("logger", ILoggingEvent::getLoggerName);
        members.from(ILoggingEvent::getMDCPropertyMap).usingPairs(CloudLoggingFormat::addContext);
        members.add("logging.googleapis.com/trace", this::trace).whenNotNull();
        // Error Reporting reads it.
        members.add("stack_trace", CloudLoggingFormat::stackTrace).whenNotNull();
    }

    private static void addContext(Map<String, String> context, BiConsumer<String, Object> fields) {
        context.forEach((name, value) -> {
            if (!name.equals(TraceContext.TRACE_ID)) {
                fields.accept(name, JsonLine.isNumber(name) ? Long.valueOf(value) : value);
            }
        });
    }

    private @Nullable String trace(ILoggingEvent event) {
        String traceId = event.getMDCPropertyMap().get(TraceContext.TRACE_ID);
        return traceId == null ? null : traces + traceId;
    }

    private static String severity(Level level) {
        return switch (level.toInt()) {
            case Level.ERROR_INT -> "ERROR";
            case Level.WARN_INT -> "WARNING";
            case Level.INFO_INT -> "INFO";
            default -> "DEBUG";
        };
    }

    private static @Nullable String stackTrace(ILoggingEvent event) {
        if (!(event.getThrowableProxy() instanceof ThrowableProxy proxy)) {
            return null;
        }
        StringWriter text = new StringWriter();
        proxy.getThrowable().printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
