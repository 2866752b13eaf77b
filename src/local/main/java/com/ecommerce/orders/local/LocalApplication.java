package com.ecommerce.orders.local;

import com.ecommerce.orders.CoreConfiguration;
import com.ecommerce.orders.cli.OrdersCommandLine;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.cloud.function.context.config.ContextFunctionCatalogAutoConfiguration;

/**
 * The main class of the jar. It lists every configuration and starts the server. With the arguments of a command, it runs
 * the command instead.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    CoreConfiguration.class,
    PropertyPlaceholderAutoConfiguration.class,
    ConfigurationPropertiesAutoConfiguration.class,
    ContextFunctionCatalogAutoConfiguration.class,
    LocalConfiguration.class,
    TomcatServletWebServerAutoConfiguration.class
})
public class LocalApplication {

    /** @param args a command and its arguments, or properties of the server as {@code --NAME=VALUE} */
    public static void main(String[] args) {
        if (hasOnlyProperties(args)) {
            SpringApplication.run(LocalApplication.class, args);
        } else {
            System.exit(OrdersCommandLine.run(args));
        }
    }

    private static boolean hasOnlyProperties(String[] args) {
        for (String argument : args) {
            if (!argument.startsWith("--") || argument.indexOf('=') < 0) {
                return false;
            }
        }
        return true;
    }
}
