package com.ecommerce.orders.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import com.ecommerce.orders.json.Json;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.logging.structured.StructuredLogFormatter;
import tools.jackson.core.JsonGenerator;

/**
 * Writes each log event as one line of JSON, with request id, tenant and whatever else the event's context names. Boot's
 * own formats do it too, for a hundred classes more at every cold start.
 */
public final class JsonLogFormat implements StructuredLogFormatter<ILoggingEvent> {

    @Override
    public String format(ILoggingEvent event) {
        return new String(Json.write(json -> write(json, event)), StandardCharsets.UTF_8) + "\n";
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
