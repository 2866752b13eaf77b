package com.ecommerce.orders.gcp;

import com.ecommerce.orders.gcp.testkit.GoogleInvoker;
import com.ecommerce.orders.parity.RunningApi;
import java.util.Map;

/** The Google Cloud artifact: the deploy folder on the newest invoker. */
public final class GcpParity {

    private static final String VERSION = "2.0.0";

    private GcpParity() {}

    /** Starts the folder with these settings. */
    public static RunningApi start(Map<String, String> settings) throws Exception {
        GoogleInvoker invoker = GoogleInvoker.start(VERSION, settings);
        return new RunningApi(invoker.uri(), invoker);
    }
}
