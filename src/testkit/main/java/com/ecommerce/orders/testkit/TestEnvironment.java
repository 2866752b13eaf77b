package com.ecommerce.orders.testkit;

import java.util.Map;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Settings as Boot prepares them for every adapter: variables have priority over the artifact's own file. */
public final class TestEnvironment {

    private TestEnvironment() {}

    /** Returns an environment with these variables and, behind them, the properties of a file. */
    public static ConfigurableEnvironment of(Map<String, ?> variables, Map<String, ?> file) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .forEach(source -> environment.getPropertySources().remove(source.getName()));
        environment
                .getPropertySources()
                .addLast(new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.copyOf(variables)));
        environment.getPropertySources().addLast(new MapPropertySource("file", Map.copyOf(file)));
        ConfigurationPropertySources.attach(environment);
        return environment;
    }
}
