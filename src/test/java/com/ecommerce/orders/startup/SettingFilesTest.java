package com.ecommerce.orders.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingFilesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "logging.level.root",
                "logging.level.com.ecommerce.orders",
                "logging.pattern.console",
                "spring.profiles.include",
                "SPRING_PROFILES_ACTIVE",
                "DEBUG"
            })
    void needsSpringBootForASettingOutsideOfTheCommonFile(String name) {
        assertThat(SettingFiles.holdsBoots(Set.of(name), SettingFiles.HONORED)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spring.cloud.function.definition",
                "spring.cloud.function.preferred-json-mapper",
                "PATH",
                "java.home"
            })
    void startsLeanWithASettingThatHasAnEffect(String name) {
        assertThat(SettingFiles.holdsBoots(Set.of(name), SettingFiles.HONORED)).isFalse();
    }
}
