package com.example.greeting;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/** Adds the beans of a user's jar to the application; {@code META-INF/spring.factories} of the jar names this class. */
public final class GreetingInitializer implements ApplicationContextInitializer<GenericApplicationContext> {

    @Override
    public void initialize(GenericApplicationContext context) {
        context.register(new GreetingConfiguration());
    }
}
