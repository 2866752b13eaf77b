package com.example.greeting;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.core.env.Environment;

/** Registers beans that use the parts of Spring that a start could leave out. */
final class GreetingConfiguration implements BeanRegistrar {

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        if (environment.containsProperty("GREETING_HIDDEN")) {
            registry.registerBean(
                    "hiddenGreeter", Runnable.class, spec -> spec.supplier(context -> new HiddenGreeter()));
            return;
        }
        registry.registerBean("awareGreeter", AwareGreeter.class);
        registry.registerBean("startListener", StartListener.class);
        registry.registerBean("beanObserver", BeanObserver.class);
        if (!environment.containsProperty("GREETING_PLAIN")) {
            registry.registerBean("annotatedGreeter", AnnotatedGreeter.class);
            registry.registerBean("greetingFactory", GreetingFactory.class);
        }
    }
}
