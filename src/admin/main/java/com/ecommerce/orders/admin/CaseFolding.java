package com.ecommerce.orders.admin;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Makes texts comparable without regard to the case of their letters. PostgreSQL's {@code lower} is of no use for that: it
 * depends on the locale of the database, and in the locale C it knows ASCII only.
 */
final class CaseFolding {

    private CaseFolding() {}

    /**
     * Returns a text that is equal for texts that differ in case only, in any language. {@code É} is {@code é}, also if the
     * accent is a separate character. {@code ß} is {@code SS}. {@code I}, {@code i}, {@code İ} and {@code ı} are one letter,
     * because Turkish pairs these letters differently from other languages.
     */
    static String fold(String text) {
        String upper = normalize(text).toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT);
        return normalize(upper).replace('İ', 'I');
    }

    private static String normalize(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }
}
