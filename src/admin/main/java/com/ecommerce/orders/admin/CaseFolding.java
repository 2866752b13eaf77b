package com.ecommerce.orders.admin;

import java.text.Normalizer;
import java.util.Locale;

/**
 * A conversion that makes texts comparable without regard to case. PostgreSQL's {@code lower} can't do that: the result
 * depends on the locale of the database, and in the locale C the function knows ASCII only.
 */
final class CaseFolding {

    private CaseFolding() {}

    /**
     * Returns the same text for all texts that differ only in case, in any language. {@code É} equals {@code é}, also if the
     * accent is a separate character. {@code ß} equals {@code SS}. {@code I}, {@code i}, {@code İ} and {@code ı} are equal,
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
