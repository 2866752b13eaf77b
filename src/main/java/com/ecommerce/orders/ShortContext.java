package com.ecommerce.orders;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;

/**
 * Spring's context for beans that plain code registers. What would look for something is not made ready: there are no
 * expressions, property editors, post-processors or injected settings, no bean learns of its context or listens to its
 * events, and none is named {@code environment} or {@code systemProperties}.
 */
final class ShortContext extends GenericApplicationContext {

    @Override
    protected void prepareBeanFactory(ConfigurableListableBeanFactory factory) {
        factory.setBeanClassLoader(getClassLoader());
    }

    @Override
    protected void invokeBeanFactoryPostProcessors(ConfigurableListableBeanFactory factory) {}

    @Override
    protected void registerBeanPostProcessors(ConfigurableListableBeanFactory factory) {}

    /** The stock one lists the JDK's modules first. */
    @Override
    protected ResourcePatternResolver getResourcePatternResolver() {
        return this;
    }

    /** The one resource of this name, since patterns are not looked for. */
    @Override
    public Resource[] getResources(String location) {
        return new Resource[] {getResource(location)};
    }

    /** They hold next to nothing; to empty them, their classes would have to be loaded. */
    @Override
    protected void resetCommonCaches() {}
}
