package com.ecommerce.orders.settings;

/**
 * The settings of the event log.
 *
 * @param typePrefix the first part of the published types of events
 */
public record EventSettings(String typePrefix) {

    private static final int MAX_LENGTH = 100;

    static EventSettings of(SettingsReader reader) {
        String prefix = String.valueOf(reader.text(Setting.EVENTS_TYPE_PREFIX));
        if (!isPrefix(prefix)) {
            throw Setting.EVENTS_TYPE_PREFIX.invalid();
        }
        return new EventSettings(prefix);
    }

    /** Tells whether a text has words of lower-case letters and digits, with one dot or hyphen between two words. */
    private static boolean isPrefix(String text) {
        boolean isAllowed = text.length() <= MAX_LENGTH;
        char before = '.';
        for (char c : (text + ".").toCharArray()) {
            boolean isMark = c == '.' || c == '-';
            boolean afterMark = before == '.' || before == '-';
            isAllowed &= isMark ? !afterMark : c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
            before = c;
        }
        return isAllowed;
    }
}
