package com.ecommerce.orders.gcp;

import com.ecommerce.orders.CoreConfiguration;
import com.ecommerce.orders.startup.JsonLogging;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The main class of the artifact for Google Cloud; {@link GcpHandler} starts it. The class registers every bean by plain
 * code. It scans no packages, because users pay for the cold start of a function.
 */
public final class GcpApplication implements ApplicationContextInitializer<GenericApplicationContext> {

    @Override
    public void initialize(GenericApplicationContext context) {
        JsonLogging.check("Google Cloud", context.getEnvironment());
        // The beans of the adapter are created first, so that the database is connected while Spring creates the
        // others.
        context.register(new GcpConfiguration(), new CoreConfiguration());
    }
}
