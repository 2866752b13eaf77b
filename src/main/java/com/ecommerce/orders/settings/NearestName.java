package com.ecommerce.orders.settings;

import java.util.Locale;

/** The known name that takes the fewest changes of a letter to get to (Levenshtein's distance). */
final class NearestName {

    private NearestName() {}

    /** Returns the nearest of {@code known}, as a property or as an environment variable, which {@code name} is. */
    static String of(String name, String[] known) {
        boolean isProperty = name.indexOf('.') >= 0;
        String spelled = isProperty ? name.toLowerCase(Locale.ROOT) : name.toUpperCase(Locale.ROOT);
        String nearest = "";
        int distance = Integer.MAX_VALUE;
        for (String property : known) {
            String plain = property.replace("[]", "");
            String candidate = isProperty ? plain : SettingNames.variable(plain);
            int changes = changes(spelled, candidate);
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
