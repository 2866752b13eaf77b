package com.ecommerce.orders.azure;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.ecommerce.orders.observability.JsonLogWriter;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.logging.structured.StructuredLogFormatter;

/** One JSON object a line, whose fields Application Insights can be asked for by {@code parse_json(message)}. */
public final class AzureJsonLogEncoder implements StructuredLogFormatter<ILoggingEvent> {

    @Override
    public String format(ILoggingEvent event) {
        return new String(JsonLogWriter.of(event), StandardCharsets.US_ASCII);
    }
}
