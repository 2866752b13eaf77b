package com.ecommerce.orders.startup;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.context.support.DelegatingMessageSource;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Spring's default source of messages, created when a message is first asked for. Spring would create the source in each
 * start, and the source's class lists all locales of the JDK. {@code docs/decisions/0012-a-lean-start.md} tells the cost.
 */
final class DeferredMessageSource implements MessageSource {

    private @Nullable MessageSource messages;

    /** Replaces Spring's default source. A source that is registered as a bean stays. */
    static void addTo(GenericApplicationContext context) {
        String name = AbstractApplicationContext.MESSAGE_SOURCE_BEAN_NAME;
        if (!context.containsBeanDefinition(name)) {
            context.getBeanFactory().registerSingleton(name, new DeferredMessageSource());
        }
    }

    private synchronized MessageSource messages() {
        if (messages == null) {
            messages = new DelegatingMessageSource();
        }
        return messages;
    }

    @Override
    public @Nullable String getMessage(
            String code, Object @Nullable [] args, @Nullable String defaultMessage, @Nullable Locale locale) {
        return messages().getMessage(code, args, defaultMessage, locale);
    }

    @Override
    public String getMessage(String code, Object @Nullable [] args, @Nullable Locale locale) {
        return messages().getMessage(code, args, locale);
    }

    @Override
    public String getMessage(MessageSourceResolvable resolvable, @Nullable Locale locale) {
        return messages().getMessage(resolvable, locale);
    }
}
