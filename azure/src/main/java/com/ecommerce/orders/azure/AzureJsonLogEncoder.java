package com.ecommerce.orders.azure;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import com.ecommerce.orders.observability.JsonLogWriter;

/** A log format with one JSON object in each line. {@code parse_json(message)} reads the fields in Application Insights. */
final class AzureJsonLogEncoder extends EncoderBase<ILoggingEvent> {

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
        return JsonLogWriter.of(event);
    }
}
