package com.ecommerce.orders.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import com.ecommerce.orders.json.Json;
import java.util.Arrays;
import tools.jackson.core.JsonGenerator;

/** A log event as one line of JSON, with request id, tenant and whatever else the event's context names. */
public final class JsonLine {

    private JsonLine() {}

    /** The line in UTF-8, with the line feed that ends it. */
    public static byte[] of(ILoggingEvent event) {
        byte[] json = Json.write(generator -> write(generator, event));
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }

    private static void write(JsonGenerator json, ILoggingEvent event) {
        json.writeStartObject();
        json.writeStringProperty("timestamp", event.getInstant().toString());
        json.writeStringProperty("level", event.getLevel().toString());
        json.writeStringProperty("logger", event.getLoggerName());
        json.writeStringProperty("message", event.getFormattedMessage());
        event.getMDCPropertyMap().forEach(json::writeStringProperty);
        IThrowableProxy failure = event.getThrowableProxy();
        if (failure != null) {
            json.writeStringProperty("stackTrace", ThrowableProxyUtil.asString(failure));
        }
        json.writeEndObject();
    }
}
