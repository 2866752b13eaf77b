package com.ecommerce.orders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.support.SpringApplicationJsonEnvironmentPostProcessor;
import org.springframework.cloud.function.json.JsonMapper;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * Shortens the start of a function whose main class registers its beans by itself. Boot's listeners would look for
 * settings in a dozen places, set up logging a second time and warm up what is never used: half of a cold start. Spring's
 * context is a {@link ShortContext}. Settings are still taken from the environment first, then from the two files that the
 * artifact brings.
 *
 * <p>What those files and the adapter's arguments say of Boot itself ({@code spring.main.*}) is said here, by plain code:
 * one such property found, and Boot loads every converter that it has.
 */
final class ShortStart implements SpringApplicationRunListener {

    private static final String JSON = "SPRING_APPLICATION_JSON";
    private static final String OF_BOOT = "spring.main.";

    private final SpringApplication application;
    private final boolean isShort;
    private final Thread mapper = new Thread(ShortStart::buildMapper, "json-mapper");

    /** As Boot calls it, for every application. */
    ShortStart(SpringApplication application) {
        this.application = application;
        this.isShort = registersItsBeans(application);
        if (isShort) {
            application.setListeners(List.of());
            application.setInitializers(List.of());
            application.setApplicationContextFactory(type -> new ShortContext());
            application.setAddConversionService(false);
            application.setAddCommandLineProperties(false);
            application.setWebApplicationType(WebApplicationType.NONE);
            application.setBannerMode(Banner.Mode.OFF);
            application.setLogStartupInfo(false);
            mapper.start();
        }
    }

    private static boolean registersItsBeans(SpringApplication application) {
        for (Object source : application.getAllSources()) {
            if (source instanceof Class<?> type && ApplicationContextInitializer.class.isAssignableFrom(type)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void environmentPrepared(ConfigurableBootstrapContext bootstrap, ConfigurableEnvironment environment) {
        if (!isShort) {
            return;
        }
        if (environment.containsProperty(JSON)) {
            new SpringApplicationJsonEnvironmentPostProcessor().postProcessEnvironment(environment, application);
        }
        Properties common = read("application.properties");
        String adapter = "application-" + common.getProperty("spring.profiles.include") + ".properties";
        environment.getPropertySources().addLast(new PropertiesPropertySource(adapter, read(adapter)));
        environment.getPropertySources().addLast(new PropertiesPropertySource("application.properties", common));
    }

    /** Nothing else may come near Jackson before: two threads could wait for each other's static initializers. */
    @Override
    public void contextLoaded(ConfigurableApplicationContext context) {
        try {
            mapper.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Spring Cloud Function's mapper builds one of Jackson's in its static initializer, whether anybody asks it to read
     * JSON or not: hundreds of classes, which a second core can load while Spring prepares its context.
     */
    private static void buildMapper() {
        try {
            Class.forName(JsonMapper.class.getName());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Properties read(String name) {
        try {
            Properties properties = PropertiesLoaderUtils.loadProperties(new ClassPathResource(name));
            for (String property : properties.stringPropertyNames()) {
                if (property.startsWith(OF_BOOT)) {
                    properties.remove(property);
                }
            }
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
