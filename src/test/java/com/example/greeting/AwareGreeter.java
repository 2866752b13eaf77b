package com.example.greeting;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;
import org.springframework.context.ApplicationListener;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.core.env.Environment;

/** A bean to which Spring gives its environment and its context. */
final class AwareGreeter
        implements EnvironmentAware,
                ApplicationContextAware,
                InitializingBean,
                ApplicationListener<ContextRefreshedEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(AwareGreeter.class);

    private String settings = "none";
    private int files;
    private @Nullable String message = "none";

    @Override
    public void setEnvironment(Environment environment) {
        String profiles = Arrays.toString(environment.getActiveProfiles());
        settings = "profiles=" + profiles + " ofProfile=" + environment.getProperty("greeting.profile") + " ofFile="
                + environment.getProperty("greeting.file") + " ofImport="
                + environment.getProperty("greeting.import") + " ofName=" + environment.getProperty("greeting.name")
                + " ofJson=" + environment.getProperty("greeting.json");
    }

    @Override
    public void setApplicationContext(ApplicationContext context) {
        try {
            files = context.getResources("classpath*:META-INF/spring.factories").length;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        message = context.getMessage("greeting", new Object[] {"you"}, "default for {0}", Locale.ROOT);
    }

    @Override
    public void afterPropertiesSet() {
        LOG.warn("environment: {}", settings);
        LOG.warn("message={}", message);
        LOG.warn("resources={}", files > 1 ? "several" : files);
    }

    @Override
    public void onApplicationEvent(ContextRefreshedEvent event) {
        LOG.warn("contextListener=refreshed");
    }
}
