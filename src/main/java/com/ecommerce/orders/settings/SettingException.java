package com.ecommerce.orders.settings;

/** A setting is missing or wrong, so the API can't start. Never carries the value: it may be a secret. */
public final class SettingException extends RuntimeException {

    /**
     * @param name of the setting, as an environment variable
     * @param rule what it must be, as the rest of a sentence: {@code must be ...}
     * @param example a value that would do
     */
    public SettingException(String name, String rule, String example) {
        super("The setting " + name + " " + rule + ", for example " + name + "=" + example);
    }

    /** @param message says what is wrong and what to do, where an example does not show it */
    public SettingException(String message) {
        super(message);
    }
}
