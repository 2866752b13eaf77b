package com.example.greeting;

import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/** A bean that is told of the end of the start. */
final class StartListener implements ApplicationListener<ApplicationReadyEvent> {

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        LoggerFactory.getLogger(StartListener.class).warn("applicationListener=ready");
    }
}
