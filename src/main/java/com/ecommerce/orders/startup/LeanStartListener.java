package com.ecommerce.orders.startup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * A listener that removes the parts of Spring Boot's start that a function does not need. It acts only on an application
 * whose main class registers its beans by plain code. {@code docs/decisions/0012-a-lean-start.md} lists the parts and
 * their cost.
 *
 * <p>A part is not removed if it is needed: see {@link SettingFiles#needBoot} and {@link AnnotationSupport}.
 */
final class LeanStartListener implements SpringApplicationRunListener, Ordered {

    private final boolean isFunctional;
    private final boolean isLean;

    /** Spring Boot calls this constructor for every application. */
    LeanStartListener(SpringApplication application) {
        isFunctional = isFunctional(application);
        isLean = isFunctional && !SettingFiles.needBoot(application.getClassLoader());
        // A property would do the same, but then Spring Boot loads all its converters to read the property.
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        if (isFunctional) {
            // Otherwise Spring Cloud Function registers its own mapper and converters of JSON.
            application.setInitializers(without("org.springframework.cloud.", application.getInitializers()));
        }
        if (isLean) {
            leaveOutSpring(application);
        } else {
            // Otherwise an artifact with telemetry loads OpenTelemetry at each start, even if no collector is set.
            application.setListeners(without("org.springframework.boot.micrometer.", application.getListeners()));
        }
    }

    private static void leaveOutSpring(SpringApplication application) {
        application.setInitializers(without("org.springframework.", application.getInitializers()));
        application.setListeners(without("org.springframework.", application.getListeners()));
        application.setAddConversionService(false);
        application.setAddCommandLineProperties(false);
    }

    private static boolean isFunctional(SpringApplication application) {
        for (Object source : application.getAllSources()) {
            if (source instanceof Class<?> type && ApplicationContextInitializer.class.isAssignableFrom(type)) {
                return true;
            }
        }
        return false;
    }

    private static <T> List<T> without(String prefix, Collection<T> parts) {
        List<T> others = new ArrayList<>();
        for (T part : parts) {
            if (!part.getClass().getName().startsWith(prefix)) {
                others.add(part);
            }
        }
        return others;
    }

    /** Runs before the application's other listeners, which may read the settings. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public void environmentPrepared(ConfigurableBootstrapContext bootstrap, ConfigurableEnvironment environment) {
        if (isLean) {
            environment.setConversionService(
                    (ApplicationConversionService) ApplicationConversionService.getSharedInstance());
            SettingFiles.read().addTo(environment);
        }
    }

    @Override
    public void contextPrepared(ConfigurableApplicationContext context) {
        if (isLean) {
            context.getBeanFactory().setConversionService(ApplicationConversionService.getSharedInstance());
        }
        if (isFunctional) {
            DeferredMessageSource.addTo((GenericApplicationContext) context);
            AnnotationSupport.addTo((GenericApplicationContext) context);
        }
    }
}
