package com.ecommerce.orders.azure;

import com.ecommerce.orders.CoreConfiguration;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The main class of the artifact for Azure; the app setting {@code MAIN_CLASS} names it. The class registers every bean by
 * plain code. It scans no packages, because users pay for the cold start of a function.
 *
 * <p>The annotation has one effect: without {@code MAIN_CLASS}, the adapter takes the main class of a manifest only if that
 * class has the annotation.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
public final class AzureApplication implements ApplicationContextInitializer<GenericApplicationContext> {

    @Override
    public void initialize(GenericApplicationContext context) {
        context.register(new CoreConfiguration());
        // A wrong setting at the start would be a 500 without a body. So these beans are created at a request.
        for (String name : context.getBeanDefinitionNames()) {
            if (!isEager(context, name)) {
                context.getBeanDefinition(name).setLazyInit(true);
            }
        }
        context.register(new AzureConfiguration());
    }

    /** Tells whether a bean must exist from the start. Spring Boot's lazy initialization leaves out the same beans. */
    private static boolean isEager(GenericApplicationContext context, String name) {
        Class<?> type = context.getBeanFactory().getType(name, false);
        return context.getBeanDefinition(name) instanceof AbstractBeanDefinition definition
                        && Boolean.FALSE.equals(definition.getLazyInit())
                || type != null && SmartInitializingSingleton.class.isAssignableFrom(type);
    }
}
