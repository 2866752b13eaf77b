package com.ecommerce.orders.azure;

import com.ecommerce.orders.CoreConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.cloud.function.context.config.ContextFunctionCatalogAutoConfiguration;

/**
 * Lists every configuration of the artifact for Azure. The app setting {@code MAIN_CLASS} names this class. Nothing is
 * scanned, because users pay for the cold start of a function.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    CoreConfiguration.class,
    PropertyPlaceholderAutoConfiguration.class,
    ConfigurationPropertiesAutoConfiguration.class,
    ContextFunctionCatalogAutoConfiguration.class,
    AzureConfiguration.class
})
public class AzureApplication {}
