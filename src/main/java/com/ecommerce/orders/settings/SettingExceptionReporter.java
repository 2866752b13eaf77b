package com.ecommerce.orders.settings;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.core.Ordered;

/** A reporter of wrong settings: a failed start ends with one line instead of a stack trace. */
final class SettingExceptionReporter implements SpringBootExceptionReporter, Ordered {

    @Override
    public boolean reportException(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SettingException) {
                System.err.println("Not started: " + cause.getMessage());
                return true;
            }
        }
        return false;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
