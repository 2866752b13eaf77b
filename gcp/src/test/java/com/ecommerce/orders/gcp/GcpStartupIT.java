package com.ecommerce.orders.gcp;

import com.ecommerce.orders.startup.StartupSuite;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Tests of the deploy folder for Google Cloud with a jar of a user on the class path. */
class GcpStartupIT extends StartupSuite {

    @Override
    protected String logOfStart(Path jar, Map<String, String> settings) throws Exception {
        Map<String, String> all = new HashMap<>(GcpArtifactIT.environment("jwt"));
        all.putAll(settings);
        try (GoogleInvoker invoker = GoogleInvoker.start("2.0.0", all, jar)) {
            return String.join("\n", invoker.log());
        }
    }
}
