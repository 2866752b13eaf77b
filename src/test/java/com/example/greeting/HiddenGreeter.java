package com.example.greeting;

import jakarta.annotation.PostConstruct;
import org.slf4j.LoggerFactory;

/** A bean that is registered as a {@link Runnable}, so that Spring does not know its class in advance. */
final class HiddenGreeter implements Runnable {

    @PostConstruct
    void begin() {
        LoggerFactory.getLogger(HiddenGreeter.class).warn("hidden=called");
    }

    @Override
    public void run() {}
}
