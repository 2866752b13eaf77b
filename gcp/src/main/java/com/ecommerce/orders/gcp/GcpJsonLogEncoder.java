package com.ecommerce.orders.gcp;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import com.ecommerce.orders.observability.JsonLogEncoder;
import com.ecommerce.orders.observability.TraceContext;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** An encoder that writes each log event as one line of JSON, with the fields that Cloud Logging knows. */
final class GcpJsonLogEncoder extends JsonLogEncoder {

    private final String traces;

    /** @param project the project of the traces; without it Cloud Logging gets the id of the trace alone */
    GcpJsonLogEncoder(@Nullable String project) {
        this.traces = project == null || project.isBlank() ? "" : "projects/" + project + "/traces/";
    }

    @Override
    protected void writeMembers(JsonGenerator json, ILoggingEvent event) {
        json.writeStringProperty("severity", severity(event.getLevel()));
        json.writeStringProperty("time", event.getInstant().toString());
        json.writeStringProperty("message", event.getFormattedMessage());
        json.writeStringProperty("logger", event.getLoggerName());
        event.getMDCPropertyMap().forEach((name, value) -> {
            if (name.equals(TraceContext.TRACE_ID)) {
                json.writeStringProperty("logging.googleapis.com/trace", traces + value);
            } else {
                writeField(json, name, value);
            }
        });
        if (event.getThrowableProxy() instanceof ThrowableProxy failure) {
            // Error Reporting reads this field.
            json.writeStringProperty("stack_trace", stackTrace(failure.getThrowable()));
        }
    }

    private static String severity(Level level) {
        return switch (level.toInt()) {
            case Level.ERROR_INT -> "ERROR";
            case Level.WARN_INT -> "WARNING";
            case Level.INFO_INT -> "INFO";
            default -> "DEBUG";
        };
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
