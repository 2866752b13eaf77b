package com.example.greeting;

import java.util.Locale;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.support.StaticMessageSource;

/** A configuration that makes beans by methods. */
@Configuration(proxyBeanMethods = false)
class GreetingFactory {

    @Bean
    @Lazy(false)
    StringBuilder greetingBuilder() {
        LoggerFactory.getLogger(GreetingFactory.class).warn("beanMethod=called");
        return new StringBuilder();
    }

    @Bean
    StaticMessageSource messageSource() {
        StaticMessageSource messages = new StaticMessageSource();
        messages.addMessage("greeting", Locale.ROOT, "welcome to {0}");
        return messages;
    }
}
