package com.ecommerce.orders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.support.SpringApplicationJsonEnvironmentPostProcessor;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.support.ResourcePropertySource;

/**
 * Shortens the start of a function whose main class registers its beans by itself. Boot's listeners would look for
 * settings in a dozen places, set up logging a second time and warm up what is never used: half of a cold start. Settings
 * are still taken from the environment first, then from the two files that the artifact brings.
 */
final class ShortStart implements SpringApplicationRunListener {

    private static final String JSON = "SPRING_APPLICATION_JSON";

    private final SpringApplication application;
    private final boolean isShort;

    /** As Boot calls it, for every application. */
    ShortStart(SpringApplication application) {
        this.application = application;
        this.isShort = application.getAllSources().stream().anyMatch(ShortStart::registersItsBeans);
        if (isShort) {
            application.setListeners(List.of());
            application.setInitializers(List.of());
            application.setAddConversionService(false);
        }
    }

    private static boolean registersItsBeans(Object source) {
        return source instanceof Class<?> type && ApplicationContextInitializer.class.isAssignableFrom(type);
    }

    @Override
    public void environmentPrepared(ConfigurableBootstrapContext bootstrap, ConfigurableEnvironment environment) {
        if (!isShort) {
            return;
        }
        if (environment.containsProperty(JSON)) {
            new SpringApplicationJsonEnvironmentPostProcessor().postProcessEnvironment(environment, application);
        }
        ResourcePropertySource common = read("application.properties");
        environment
                .getPropertySources()
                .addLast(read("application-" + common.getProperty("spring.profiles.include") + ".properties"));
        environment.getPropertySources().addLast(common);
    }

    private static ResourcePropertySource read(String name) {
        try {
            return new ResourcePropertySource("classpath:" + name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
