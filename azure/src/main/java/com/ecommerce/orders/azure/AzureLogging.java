package com.ecommerce.orders.azure;

import com.ecommerce.orders.observability.JsonLogEncoder;
import com.ecommerce.orders.startup.JsonLogging;

/** The setup of logging on Azure: each line is one JSON object. */
public final class AzureLogging extends JsonLogging {

    /** Logback calls this constructor. */
    public AzureLogging() {
        super(new JsonLogEncoder());
    }
}
