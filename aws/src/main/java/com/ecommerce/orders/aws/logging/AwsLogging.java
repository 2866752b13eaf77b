package com.ecommerce.orders.aws.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import com.ecommerce.orders.observability.JsonLogEncoder;
import com.ecommerce.orders.startup.JsonLogging;
import org.slf4j.spi.LocationAwareLogger;

/** The setup of logging on AWS: each line is one JSON object, also each line that other code prints. */
public final class AwsLogging extends JsonLogging {

    /** Logback calls this constructor. */
    public AwsLogging() {
        super(new JsonLogEncoder());
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        ExecutionStatus status = super.configure(context);
        Logger printed = context.getLogger(LoggingPrintStream.class);
        System.setOut(new LoggingPrintStream(System.out, printed, LocationAwareLogger.INFO_INT));
        System.setErr(new LoggingPrintStream(System.err, printed, LocationAwareLogger.ERROR_INT));
        return status;
    }
}
