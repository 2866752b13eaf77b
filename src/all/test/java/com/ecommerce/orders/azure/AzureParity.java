package com.ecommerce.orders.azure;

import com.ecommerce.orders.azure.testkit.StagedApp;
import com.ecommerce.orders.parity.RunningApi;
import java.util.Map;

/** The Azure artifact: the staged folder. */
public final class AzureParity {

    private AzureParity() {}

    /** Starts the folder with these settings. */
    public static RunningApi start(Map<String, String> settings) throws Exception {
        StagedApp app = StagedApp.start("parity", settings);
        return new RunningApi(app.uri(), app);
    }
}
