package com.ecommerce.orders.aws.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.ecommerce.orders.settings.SettingException;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

class AwsLoggingTest {

    /** On AWS, Spring Boot does not read the levels in the file, unless a variable asks for Spring Boot's settings. */
    @ParameterizedTest
    @ValueSource(strings = {"root", "com.ecommerce.orders"})
    void setsTheLevelsOfTheCommonSettings(String logger) throws Exception {
        Properties settings = PropertiesLoaderUtils.loadProperties(new ClassPathResource("application.properties"));
        assertThat(((Logger) LoggerFactory.getLogger(logger)).getLevel())
                .isEqualTo(Level.valueOf(settings.getProperty("logging.level." + logger)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"LOGGING_CONFIG", "logging.file.name", "LOGGING_PATTERN_CONSOLE"})
    void refusesAVariableForAnotherFormat(String variable) {
        assertThatThrownBy(() -> AwsLogging.check(Set.of("PATH", variable)))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(variable);
    }

    @Test
    void acceptsLevelsAndGroups() {
        assertThatCode(() -> AwsLogging.check(Set.of("LOGGING_LEVEL_ROOT", "LOGGING_GROUP_SHOP", "PATH")))
                .doesNotThrowAnyException();
    }
}
