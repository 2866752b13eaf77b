package com.ecommerce.orders.azure;

import com.ecommerce.orders.settings.SettingException;
import org.slf4j.Logger;

/** The log message about an API that could not start. For a wrong setting the message is one line. */
final class StartFailure {

    private StartFailure() {}

    static void log(Logger log, String requestId, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SettingException) {
                log.error("Not started, request {} failed: {}", requestId, cause.getMessage());
                return;
            }
        }
        log.error("Request {} failed", requestId, failure);
    }
}
