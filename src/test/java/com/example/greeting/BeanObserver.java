package com.example.greeting;

import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** A bean that sees every other bean. */
final class BeanObserver implements BeanPostProcessor {

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        LoggerFactory.getLogger(BeanObserver.class).warn("observed={}", name);
        return bean;
    }
}
