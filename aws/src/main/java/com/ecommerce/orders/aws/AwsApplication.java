package com.ecommerce.orders.aws;

import com.ecommerce.orders.authentication.AuthenticationConfiguration;
import com.ecommerce.orders.aws.logging.AwsLogging;
import com.ecommerce.orders.http.HttpConfiguration;
import com.ecommerce.orders.order.OrderConfiguration;
import com.ecommerce.orders.postgres.PostgresConfiguration;
import com.ecommerce.orders.startup.FeatureConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Registers every bean of the artifact for AWS by plain code. Lambda's setting {@code MAIN_CLASS} names this class. Nothing
 * is scanned, because users pay for the cold start of a function.
 */
public final class AwsApplication implements ApplicationContextInitializer<GenericApplicationContext> {

    @Override
    public void initialize(GenericApplicationContext context) {
        AwsLogging.check(System.getenv().keySet());
        context.register(
                new OrderConfiguration(),
                new AuthenticationConfiguration(),
                new HttpConfiguration(),
                new PostgresConfiguration(),
                new FeatureConfiguration(),
                new AwsConfiguration());
    }
}
