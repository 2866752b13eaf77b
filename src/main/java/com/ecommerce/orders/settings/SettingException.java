package com.ecommerce.orders.settings;

/** A setting is missing or wrong, so the API can't start. The message never has the value, which may be a secret. */
public final class SettingException extends RuntimeException {

    /**
     * @param name the name of the setting as an environment variable
     * @param rule the rest of a sentence that starts with the setting: {@code must be ...}
     * @param example a valid value
     */
    public SettingException(String name, String rule, String example) {
        super("The setting " + name + " " + rule + ", for example " + name + "=" + example);
    }

    /** @param message what is wrong and what to do, if an example does not show it */
    public SettingException(String message) {
        super(message);
    }
}
