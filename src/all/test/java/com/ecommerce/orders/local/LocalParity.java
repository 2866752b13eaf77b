package com.ecommerce.orders.local;

import com.ecommerce.orders.local.testkit.ApiProcess;
import com.ecommerce.orders.parity.RunningApi;
import java.nio.file.Path;
import java.util.Map;

/** The local artifact: the jar. */
public final class LocalParity {

    private LocalParity() {}

    /** Starts the jar with these settings. */
    public static RunningApi start(Path directory, Map<String, String> settings) throws Exception {
        ApiProcess process = ApiProcess.startIn(directory, Path.of("target/ecommerce-order-api.jar"), settings);
        return new RunningApi(process.uri(), process);
    }
}
