package com.ecommerce.orders.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import com.ecommerce.orders.settings.SettingException;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

class JsonLoggingTest {

    /** At a lean start, Spring Boot does not read the levels in the file. */
    @ParameterizedTest
    @ValueSource(strings = {"root", "com.ecommerce.orders"})
    void setsTheLevelsOfTheCommonSettings(String logger) throws Exception {
        Properties settings = PropertiesLoaderUtils.loadProperties(new ClassPathResource("application.properties"));
        LoggerContext context = new LoggerContext();
        new JsonLogging(new PatternLayoutEncoder()) {}.configure(context);
        assertThat(context.getLogger(logger).getLevel())
                .isEqualTo(Level.valueOf(settings.getProperty("logging.level." + logger)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"LOGGING_CONFIG", "logging.file.name", "LOGGING_PATTERN_CONSOLE"})
    void refusesAVariableForAnotherFormat(String variable) {
        assertThatThrownBy(() -> JsonLogging.check("Google Cloud", Set.of("PATH", variable)))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(variable + " has no effect on Google Cloud");
    }

    @Test
    void acceptsLevelsAndGroups() {
        assertThatCode(() ->
                        JsonLogging.check("Google Cloud", Set.of("LOGGING_LEVEL_ROOT", "LOGGING_GROUP_SHOP", "PATH")))
                .doesNotThrowAnyException();
    }
}
