package com.ecommerce.orders.gcp;

import com.ecommerce.orders.settings.Setting;
import com.ecommerce.orders.startup.JsonLogging;

/** The setup of logging on Google Cloud: each line is one JSON object with the fields that Cloud Logging knows. */
public final class GcpLogging extends JsonLogging {

    /** Logback calls this constructor. */
    public GcpLogging() {
        super(new GcpJsonLogEncoder(System.getenv(Setting.GOOGLE_CLOUD_PROJECT.variable())));
    }
}
