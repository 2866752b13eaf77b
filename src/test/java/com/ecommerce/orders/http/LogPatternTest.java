package com.ecommerce.orders.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines of the text log. A client's request id stands in brackets. */
class LogPatternTest {

    @ParameterizedTest
    @CsvSource({
        "7c9e6679-7425-40de-944b-e07fc1f90ae7, [7c9e6679-7425-40de-944b-e07fc1f90ae7]",
        "a] requests: GET / 200 in 1 us [b, [a__requests:_GET_/_200_in_1_us__b]",
        "a|{b}, [a__b_]"
    })
    void letsNoRequestIdImitateAnEntry(String requestId, String shown) throws IOException {
        Properties settings = new Properties();
        try (InputStream file = LogPatternTest.class.getResourceAsStream("/application.properties")) {
            settings.load(file);
        }
        LoggerContext context = new LoggerContext();
        PatternLayout layout = new PatternLayout();
        layout.setContext(context);
        layout.setPattern(settings.getProperty("logging.pattern.console"));
        layout.start();
        LoggingEvent event = new LoggingEvent(
                "", context.getLogger("com.ecommerce.orders.requests"), Level.INFO, "GET /orders 200", null, null);
        event.setMDCPropertyMap(Map.of("requestId", requestId));

        assertThat(layout.doLayout(event)).endsWith(" INFO  " + shown + " requests: GET /orders 200\n");
    }
}
