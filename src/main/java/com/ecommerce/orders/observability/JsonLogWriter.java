package com.ecommerce.orders.observability;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import com.ecommerce.orders.json.Json;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** A writer of log events, each as one line of JSON. The line includes the event's context, such as the request id. */
public final class JsonLogWriter {

    public static final String STATUS = "status";
    public static final String DURATION = "durationMicros";
    public static final String AMOUNT = "amount";

    private static final Set<String> NUMBERS = Set.of(STATUS, DURATION, AMOUNT);

    private JsonLogWriter() {}

    /** Returns the line in ASCII, with a line feed at its end. */
    public static byte[] of(ILoggingEvent event) {
        return Json.writeAscii(event, JsonLogWriter::write);
    }

    /** Writes one field of the context. Numbers are written as JSON numbers, so that log queries can calculate with them. */
    public static void writeField(JsonGenerator json, String name, String value) {
        json.writeName(name);
        if (NUMBERS.contains(name)) {
            json.writeNumber(value);
        } else {
            json.writeString(value);
        }
    }

    private static void write(JsonGenerator json, ILoggingEvent event) {
        json.writeStartObject();
        json.writeStringProperty("timestamp", event.getInstant().toString());
        json.writeStringProperty("level", event.getLevel().toString());
        json.writeStringProperty("logger", event.getLoggerName());
        json.writeStringProperty("message", event.getFormattedMessage());
        for (Map.Entry<String, String> entry : event.getMDCPropertyMap().entrySet()) {
            writeField(json, entry.getKey(), entry.getValue());
        }
        IThrowableProxy failure = event.getThrowableProxy();
        if (failure != null) {
            json.writeStringProperty("stackTrace", ThrowableProxyUtil.asString(failure));
        }
        json.writeEndObject();
        json.writeRaw('\n');
    }
}
