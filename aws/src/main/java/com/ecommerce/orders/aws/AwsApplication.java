package com.ecommerce.orders.aws;

import com.ecommerce.orders.CoreConfiguration;
import com.ecommerce.orders.startup.JsonLogging;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The main class of the artifact for AWS; Lambda's setting {@code MAIN_CLASS} names it. The class registers every bean by
 * plain code. It scans no packages, because users pay for the cold start of a function.
 */
public final class AwsApplication implements ApplicationContextInitializer<GenericApplicationContext> {

    @Override
    public void initialize(GenericApplicationContext context) {
        JsonLogging.check("AWS Lambda", context.getEnvironment());
        context.register(new CoreConfiguration(), new AwsConfiguration());
    }
}
