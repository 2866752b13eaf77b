package com.ecommerce.orders.local;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** The condition for the beans of the embedded database: no setting names a database. */
final class OnMissingDatabaseUrl implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return LocalSettings.hasEmbeddedDatabase(context.getEnvironment());
    }
}
