package com.ecommerce.orders.azure;

import com.ecommerce.orders.settings.SettingException;
import org.slf4j.Logger;

/** Says why the API could not be started, in one line where a setting is wrong. */
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
