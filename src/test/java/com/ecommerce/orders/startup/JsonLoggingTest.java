package com.ecommerce.orders.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import com.ecommerce.orders.settings.SettingException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
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
    @ValueSource(
            strings = {"LOGGING_CONFIG", "logging.file.name", "LOGGING_PATTERN_CONSOLE", "logging.pattern.console"})
    void refusesAVariableForAnotherFormat(String variable) {
        assertThatThrownBy(() -> check("systemEnvironment", Map.of("PATH", "/bin", variable, "other")))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("The variable " + variable + " has no effect on Google Cloud");
    }

    @ParameterizedTest
    @ValueSource(strings = {"logging.config", "logging.structured.format.console", "logging.include-application-name"})
    void refusesAPropertyForAnotherFormat(String property) {
        assertThatThrownBy(() -> check("application.yml", Map.of(property, "other")))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("The property " + property + " has no effect on Google Cloud");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"LOGGING_LEVEL_ROOT", "LOGGING_GROUP_SHOP", "LOGGING__LOGLEVEL__DEFAULT", "LOGGING", "PATH"})
    void acceptsLevelsAndNamesThatAreNotSprings(String variable) {
        assertThatCode(() -> check("systemEnvironment", Map.of(variable, "other")))
                .doesNotThrowAnyException();
    }

    @Test
    void acceptsTheCommonSettings() throws Exception {
        Properties settings = PropertiesLoaderUtils.loadProperties(new ClassPathResource("application.properties"));
        Map<String, Object> common = new HashMap<>();
        settings.forEach((name, value) -> common.put((String) name, value));
        assertThatCode(() -> check("application.properties", common)).doesNotThrowAnyException();
    }

    private static void check(String source, Map<String, Object> settings) {
        StandardEnvironment environment = new StandardEnvironment();
        MutablePropertySources sources = environment.getPropertySources();
        sources.stream().map(PropertySource::getName).toList().forEach(sources::remove);
        sources.addLast(new MapPropertySource(source, settings));
        JsonLogging.check("Google Cloud", environment);
    }
}
