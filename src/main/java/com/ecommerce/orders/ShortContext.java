package com.ecommerce.orders;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;

/** Spring's context for beans that plain code registers: nothing is looked for, so nothing is made ready for looking. */
final class ShortContext extends GenericApplicationContext {

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

    /** No expressions, no property editors, nothing that makes a bean aware of its context: plain code sees to all. */
    @Override
    protected void prepareBeanFactory(ConfigurableListableBeanFactory factory) {
        factory.setBeanClassLoader(getClassLoader());
    }

    /** They hold next to nothing; to empty them, their classes would have to be loaded. */
    @Override
    protected void resetCommonCaches() {}
}
