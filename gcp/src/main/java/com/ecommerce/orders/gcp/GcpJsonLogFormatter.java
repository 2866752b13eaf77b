package com.ecommerce.orders.gcp;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import com.ecommerce.orders.json.Json;
import com.ecommerce.orders.observability.JsonLogWriter;
import com.ecommerce.orders.observability.TraceContext;
import com.ecommerce.orders.settings.Setting;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.logging.structured.StructuredLogFormatter;
import org.springframework.core.env.Environment;
import tools.jackson.core.JsonGenerator;

/**
 * A log format with one JSON object in each line and the fields that Cloud Logging knows. {@code GOOGLE_CLOUD_PROJECT} names
 * the project of the traces. Without that variable Cloud Logging gets the id of the trace alone.
 */
final class GcpJsonLogFormatter implements StructuredLogFormatter<ILoggingEvent> {

    private final String traces;

    GcpJsonLogFormatter(Environment environment) {
        String project = environment.getProperty(Setting.GOOGLE_CLOUD_PROJECT.property(), "");
        this.traces = project.isBlank() ? "" : "projects/" + project + "/traces/";
    }

    @Override
    public String format(ILoggingEvent event) {
        return new String(Json.writeAscii(event, this::write), StandardCharsets.US_ASCII);
    }

    private void write(JsonGenerator json, ILoggingEvent event) {
        json.writeStartObject();
        json.writeStringProperty("severity", severity(event.getLevel()));
        json.writeStringProperty("time", event.getInstant().toString());
        json.writeStringProperty("message", event.getFormattedMessage());
        json.writeStringProperty("logger", event.getLoggerName());
        event.getMDCPropertyMap().forEach((name, value) -> {
            if (name.equals(TraceContext.TRACE_ID)) {
                json.writeStringProperty("logging.googleapis.com/trace", traces + value);
            } else {
                JsonLogWriter.writeField(json, name, value);
            }
        });
        if (event.getThrowableProxy() instanceof ThrowableProxy failure) {
            // Error Reporting reads this field.
            json.writeStringProperty("stack_trace", stackTrace(failure.getThrowable()));
        }
        json.writeEndObject();
        json.writeRaw('\n');
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
