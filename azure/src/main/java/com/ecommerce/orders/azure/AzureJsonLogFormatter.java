package com.ecommerce.orders.azure;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.ecommerce.orders.observability.JsonLogWriter;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.logging.structured.StructuredLogFormatter;

/** A log format with one JSON object in each line. {@code parse_json(message)} reads the fields in Application Insights. */
public final class AzureJsonLogFormatter implements StructuredLogFormatter<ILoggingEvent> {

    @Override
    public String format(ILoggingEvent event) {
        return new String(JsonLogWriter.of(event), StandardCharsets.US_ASCII);
    }
}
