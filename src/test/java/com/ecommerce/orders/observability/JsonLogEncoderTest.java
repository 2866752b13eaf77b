package com.ecommerce.orders.observability;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonLogEncoderTest {

    /** A JVM with the locale C writes other characters as question marks. */
    @Test
    void writesAsciiFromWhichTheTextCanBeRestored() {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        LoggingEvent event = new LoggingEvent(
                "", context.getLogger("test"), Level.ERROR, "gelöscht 😀", new IllegalStateException("€"), null);
        event.setMDCPropertyMap(Map.of("tenant", "é\n\"", JsonLogEncoder.STATUS, "201"));

        String line = new String(new JsonLogEncoder().encode(event), StandardCharsets.ISO_8859_1);

        assertThat(line).matches("[\\x20-\\x7e]+\n");
        JsonNode json = JsonMapper.shared().readTree(line);
        assertThat(json.path("message").asString()).isEqualTo("gelöscht 😀");
        assertThat(json.path("tenant").asString()).isEqualTo("é\n\"");
        assertThat(json.path("status").isInt()).isTrue();
        assertThat(json.path("stackTrace").asString()).startsWith("java.lang.IllegalStateException: €");
    }
}
