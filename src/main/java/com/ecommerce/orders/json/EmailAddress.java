package com.ecommerce.orders.json;

/** The e-mail addresses that the API accepts. The check finds typing errors. It does not tell whether mail arrives. */
final class EmailAddress {

    /** Characters that need a quoted local part or a comment (RFC 5322, section 3.2.3). Neither is accepted. */
    private static final String SPECIALS = "\"(),:;<>[\\]";

    /** Invisible characters that are neither white space nor in the category "format". */
    private static final String INVISIBLE = "\u034F\u115F\u1160\u17B4\u17B5\u2800\u3164\uFFA0";

    private EmailAddress() {}

    /** Tells whether {@code text} is a local part, one {@code @}, and a domain of at least two labels. */
    static boolean isValid(String text) {
        int at = text.indexOf('@');
        String domain = text.substring(at + 1);
        return at > 0
                && domain.indexOf('@') < 0
                && domain.indexOf('.') > 0
                && !domain.contains("..")
                && !domain.endsWith(".")
                && !hasForbidden(text);
    }

    private static boolean hasForbidden(String text) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (isForbidden(text.codePointAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isForbidden(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default ->
                SPECIALS.indexOf(character) >= 0 || INVISIBLE.indexOf(character) >= 0 || isVariationSelector(character);
        };
    }

    private static boolean isVariationSelector(int character) {
        return character >= 0xFE00 && character <= 0xFE0F
                || character >= 0xE0100 && character <= 0xE01EF
                || character >= 0x180B && character <= 0x180F;
    }
}
