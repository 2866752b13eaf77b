package com.ecommerce.orders.payment;

/**
 * Finds payment card numbers in text, so that they are never stored. PCI DSS would otherwise apply to the database.
 *
 * <p>A card number has 13 to 19 digits and a check digit by the Luhn formula (ISO/IEC 7812-1, annex B). It starts with 3
 * to 6, the identifiers of travel, banking and merchandising (ISO/IEC 7812-1, section 4), or with 2221 to 2720, the newer
 * series of Mastercard. The digits may be grouped by single spaces or hyphens. Digits inside a longer run of digits are no
 * card number.
 */
public final class CardNumbers {

    private static final int MIN_DIGITS = 13;
    private static final int MAX_DIGITS = 19;

    private CardNumbers() {}

    /** Tells whether {@code text} contains a card number. */
    public static boolean isIn(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isDigit(text, i) && !isDigit(text, i - 1) && startsAt(text, i)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a card number starts with the group of digits at {@code start}. It may end with any group. */
    private static boolean startsAt(String text, int start) {
        StringBuilder digits = new StringBuilder(MAX_DIGITS + 1);
        int i = start;
        while (isDigit(text, i) && digits.length() <= MAX_DIGITS) {
            digits.append(text.charAt(i));
            i++;
            if (!isDigit(text, i)) {
                if (isCardNumber(digits)) {
                    return true;
                }
                i += isSeparator(text, i) ? 1 : 0;
            }
        }
        return false;
    }

    private static boolean isDigit(String text, int i) {
        return i >= 0 && i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }

    private static boolean isSeparator(String text, int i) {
        return i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '-');
    }

    private static boolean isCardNumber(CharSequence digits) {
        return digits.length() >= MIN_DIGITS
                && digits.length() <= MAX_DIGITS
                && hasIssuer(digits)
                && luhnSum(digits) % 10 == 0;
    }

    private static boolean hasIssuer(CharSequence digits) {
        int prefix = Integer.parseInt(digits, 0, 4, 10);
        return prefix >= 3000 && prefix < 7000 || prefix >= 2221 && prefix <= 2720;
    }

    /** Adds the digits. Every second digit from the right counts twice, less 9 if the result has two digits. */
    private static int luhnSum(CharSequence digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighted = i % 2 == 0 ? digit : 2 * digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum;
    }
}
