package com.ecommerce.orders.aws;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.cloud.function.adapter.aws.AWSCompanionAutoConfiguration;
import org.springframework.cloud.function.context.config.RoutingFunction;
import org.springframework.util.ClassUtils;

/**
 * Takes out what Spring Cloud Function always registers: the function that lets a header of the client's choose a
 * function, and a converter for AWS's event types, which our bytes never meet, in a configuration for whose proxy Spring
 * would load cglib at every cold start.
 */
final class UnusedAdapterBeans implements BeanDefinitionRegistryPostProcessor {

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        remove(registry, RoutingFunction.FUNCTION_NAME);
        remove(registry, "awsTypesMessageConverter");
        remove(registry, ClassUtils.getShortNameAsProperty(AWSCompanionAutoConfiguration.class));
    }

    private static void remove(BeanDefinitionRegistry registry, String bean) {
        if (registry.containsBeanDefinition(bean)) {
            registry.removeBeanDefinition(bean);
        }
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {}
}
