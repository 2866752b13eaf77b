package com.example.greeting;

import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** A configuration that makes a bean by a method. */
@Configuration(proxyBeanMethods = false)
class GreetingFactory {

    @Bean
    @Lazy(false)
    StringBuilder greetingBuilder() {
        LoggerFactory.getLogger(GreetingFactory.class).warn("beanMethod=called");
        return new StringBuilder();
    }
}
