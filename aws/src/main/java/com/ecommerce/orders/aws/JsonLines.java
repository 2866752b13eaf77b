package com.ecommerce.orders.aws;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import com.ecommerce.orders.logging.JsonLine;

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
        return JsonLine.of(event);
    }
}
