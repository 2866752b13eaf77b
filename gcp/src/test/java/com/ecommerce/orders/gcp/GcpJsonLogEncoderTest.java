package com.ecommerce.orders.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.ecommerce.orders.observability.TraceContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GcpJsonLogEncoderTest {

    private static final String ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final LoggerContext context = new LoggerContext();
    private final Logger logger = context.getLogger("com.ecommerce.orders.http.OrderApi");

    GcpJsonLogEncoderTest() {
        context.setMDCAdapter(new LogbackMDCAdapter());
    }

    @Test
    void writesOneJsonObjectPerLine() {
        String line = format(event(Level.INFO, "first\nsecond \"quoted\"", null));

        assertThat(line).endsWith("}\n").hasLineCount(1);
        JsonNode json = JsonMapper.shared().readTree(line);
        assertThat(json.at("/message").asString()).isEqualTo("first\nsecond \"quoted\"");
        assertThat(json.at("/time").asString()).isEqualTo("2026-01-02T03:04:05.000006Z");
        assertThat(json.at("/logger").asString()).isEqualTo("com.ecommerce.orders.http.OrderApi");
        assertThat(json.propertyNames()).containsExactly("severity", "time", "message", "logger");
    }

    /** A JVM with the locale C writes other characters as question marks. */
    @Test
    void writesAsciiOnly() {
        LoggingEvent event = event(Level.ERROR, "gelöscht 😀", new Error("€"));
        event.setMDCPropertyMap(Map.of("tenant", "é"));

        assertThat(format(event)).matches("[\\x20-\\x7e]+\n");
        assertThat(formatted(event).path("message").asString()).isEqualTo("gelöscht 😀");
        assertThat(formatted(event).path("tenant").asString()).isEqualTo("é");
        assertThat(formatted(event).path("stack_trace").asString()).startsWith("java.lang.Error: €");
    }

    @ParameterizedTest
    @CsvSource({"ERROR, ERROR", "WARN, WARNING", "INFO, INFO", "DEBUG, DEBUG", "TRACE, DEBUG"})
    void writesTheSeveritiesOfCloudLogging(String level, String severity) {
        assertThat(formatted(event(Level.toLevel(level), "x", null))
                        .at("/severity")
                        .asString())
                .isEqualTo(severity);
    }

    @Test
    void writesTheStackTraceIntoASeparateField() {
        JsonNode json = formatted(event(Level.ERROR, "Failed", new IllegalStateException("why", new Error("cause"))));

        assertThat(json.at("/message").asString()).isEqualTo("Failed");
        assertThat(json.at("/stack_trace").asString())
                .startsWith("java.lang.IllegalStateException: why\n\tat ")
                .contains("Caused by: java.lang.Error: cause");
    }

    @Test
    void writesTheContextOfTheRequestIntoSeparateFields() {
        LoggingEvent event = event(Level.INFO, "x", null);
        event.setMDCPropertyMap(Map.of("requestId", "1", "route", "/orders", "status", "201"));

        JsonNode json = formatted(event);
        assertThat(json.path("requestId").stringValue()).isEqualTo("1");
        assertThat(json.path("route").stringValue()).isEqualTo("/orders");
        assertThat(json.path("status").intValue()).isEqualTo(201);
    }

    @Test
    void writesTheTraceOfTheRequest() {
        LoggingEvent event = event(Level.INFO, "x", null);
        event.setMDCPropertyMap(Map.of(TraceContext.TRACE_ID, ID));

        assertThat(formatted(event).path("logging.googleapis.com/trace").asString())
                .isEqualTo("projects/my-project/traces/" + ID);
    }

    @Test
    void writesOnlyTheTraceIdIfTheProjectIsUnknown() {
        LoggingEvent event = event(Level.INFO, "x", null);
        event.setMDCPropertyMap(Map.of(TraceContext.TRACE_ID, ID));

        String line = new String(new GcpJsonLogEncoder(null).encode(event), StandardCharsets.US_ASCII);
        assertThat(JsonMapper.shared()
                        .readTree(line)
                        .path("logging.googleapis.com/trace")
                        .asString())
                .isEqualTo(ID);
    }

    private LoggingEvent event(Level level, String message, @Nullable Throwable failure) {
        LoggingEvent event = new LoggingEvent("", logger, level, message, failure, null);
        event.setInstant(Instant.parse("2026-01-02T03:04:05.000006Z"));
        return event;
    }

    private static JsonNode formatted(LoggingEvent event) {
        return JsonMapper.shared().readTree(format(event));
    }

    private static String format(LoggingEvent event) {
        return new String(new GcpJsonLogEncoder("my-project").encode(event), StandardCharsets.US_ASCII);
    }
}
