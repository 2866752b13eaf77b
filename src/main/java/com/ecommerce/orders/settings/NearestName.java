package com.ecommerce.orders.settings;

import java.util.List;

/** A search for the known name that is most similar to a wrong name, by Levenshtein's distance. */
public final class NearestName {

    private NearestName() {}

    /** Returns the candidate that is most similar to {@code name}. */
    public static String of(String name, List<String> candidates) {
        String nearest = "";
        int distance = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            int changes = changes(name, candidate);
            if (changes < distance) {
                distance = changes;
                nearest = candidate;
            }
        }
        return nearest;
    }

    private static int changes(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
