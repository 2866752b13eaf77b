package com.example.greeting;

import jakarta.annotation.PostConstruct;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/** A bean that is set up by annotations alone. */
final class AnnotatedGreeter {

    private static final Logger LOG = LoggerFactory.getLogger(AnnotatedGreeter.class);

    private final String greeting;

    @Value("${greeting.pause:90s}")
    private Duration pause = Duration.ZERO;

    AnnotatedGreeter(@Value("${greeting.text:hello}") String greeting, AwareGreeter other) {
        this.greeting = greeting;
    }

    @PostConstruct
    void begin() {
        LOG.warn("value={} {}", greeting, pause);
        LOG.debug("level=DEBUG");
    }

    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        LOG.warn("eventListener=ready");
    }
}
