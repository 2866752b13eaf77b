package com.ecommerce.orders.local;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Holds while no setting names a database, so that we bring our own. */
final class OnMissingDatabaseUrl implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return LocalSettings.hasEmbeddedDatabase(context.getEnvironment());
    }
}
