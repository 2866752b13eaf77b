package com.ecommerce.orders.gcp;

import com.ecommerce.orders.CoreConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.cloud.function.context.config.ContextFunctionCatalogAutoConfiguration;

/**
 * Lists every configuration of the artifact for Google Cloud; {@link GcpHandler} starts this class. Nothing is scanned,
 * because users pay for the cold start of a function.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    CoreConfiguration.class,
    PropertyPlaceholderAutoConfiguration.class,
    ConfigurationPropertiesAutoConfiguration.class,
    ContextFunctionCatalogAutoConfiguration.class,
    GcpConfiguration.class
})
public class GcpApplication {}
