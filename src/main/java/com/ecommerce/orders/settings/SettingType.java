package com.ecommerce.orders.settings;

/** The form of a setting's value, and the form of its allowed values in the table. */
public enum SettingType {
    /** A text; the allowed values are described. */
    TEXT,
    /** A text that must never be shown; the allowed values are described. */
    SECRET,
    /** A JSON text, in which placeholders are not replaced; the allowed values are described. */
    JSON,
    /** Several texts; the allowed values are described. */
    LIST,
    /** One of the texts between the bars, in upper or lower case: {@code jwt|gateway}. */
    CHOICE,
    /** A whole number in a range: {@code 1..999}. */
    INTEGER,
    /** A time with its unit in a range: {@code 1ms..24h}. */
    DURATION;

    private static final String RANGE = "..";

    /** Returns {@code allowed} as the end of a sentence that starts with "must be". */
    public String describe(String allowed) {
        return switch (this) {
            case CHOICE -> allowed.replace("|", " or ");
            case INTEGER -> "a number from " + allowed.replace(RANGE, " to ");
            case DURATION -> "a time with its unit, from " + allowed.replace(RANGE, " to ");
            default -> allowed;
        };
    }

    /** Returns the smallest value of the range {@code allowed}. */
    static String least(String allowed) {
        return allowed.substring(0, allowed.indexOf(RANGE));
    }

    /** Returns the largest value of the range {@code allowed}. */
    static String greatest(String allowed) {
        return allowed.substring(allowed.indexOf(RANGE) + RANGE.length());
    }
}
