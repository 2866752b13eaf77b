package com.ecommerce.orders.aws;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.ecommerce.orders.json.Json;
import java.util.Arrays;
import tools.jackson.core.JsonGenerator;

/** Writes each log event as one line of JSON, with request id, tenant and whatever else the event's context names. */
final class JsonLines extends EncoderBase<ILoggingEvent> {

    private static final byte[] NOTHING = {};

    @Override
    public byte[] headerBytes() {
        return NOTHING.clone();
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING.clone();
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
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
