package com.ecommerce.orders.aws;

import com.ecommerce.orders.authentication.AuthenticationConfiguration;
import com.ecommerce.orders.http.HttpConfiguration;
import com.ecommerce.orders.order.OrderConfiguration;
import com.ecommerce.orders.postgres.PostgresConfiguration;
import com.ecommerce.orders.startup.FeatureConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/**
 * What Lambda's setting {@code MAIN_CLASS} names: registers every bean by plain code, so that at a cold start nothing is
 * scanned, no annotation is read and no condition is asked.
 */
public final class AwsApplication implements ApplicationContextInitializer<GenericApplicationContext> {

    @Override
    public void initialize(GenericApplicationContext context) {
        context.register(
                new OrderConfiguration(),
                new AuthenticationConfiguration(),
                new HttpConfiguration(),
                new PostgresConfiguration(),
                new FeatureConfiguration(),
                new AwsConfiguration());
    }
}
