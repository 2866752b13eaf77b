package com.ecommerce.orders.aws.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.io.PrintStream;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

class AwsLoggingTest {

    /** On AWS, Spring Boot does not read the levels in the file, unless a variable asks for Spring Boot's settings. */
    @ParameterizedTest
    @ValueSource(strings = {"root", "com.ecommerce.orders"})
    void setsTheLevelsOfTheCommonSettings(String logger) throws Exception {
        Properties settings = PropertiesLoaderUtils.loadProperties(new ClassPathResource("application.properties"));
        assertThat(configured().getLogger(logger).getLevel())
                .isEqualTo(Level.valueOf(settings.getProperty("logging.level." + logger)));
    }

    private static LoggerContext configured() {
        PrintStream out = System.out;
        PrintStream err = System.err;
        LoggerContext context = new LoggerContext();
        try {
            new AwsLogging().configure(context);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        return context;
    }
}
