package com.ecommerce.orders.http;

import com.ecommerce.orders.json.Timestamps;
import com.ecommerce.orders.operation.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The query parameters of one request. Unknown parameters and empty parameters are violations. */
final class Parameters {

    private static final String[] NONE = {};

    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Set<String> known = new HashSet<>();
    private final ViolationCollector violations;

    /** @param violations receives the violations */
    Parameters(List<Parameter> query, ViolationCollector violations) {
        this.violations = violations;
        for (Parameter parameter : query) {
            values.computeIfAbsent(parameter.name(), name -> new ArrayList<>()).add(parameter.value());
        }
    }

    /** @throws HttpProblemException if there is any parameter */
    static void refuseAll(List<Parameter> query) {
        new Parameters(query, new ViolationCollector()).check();
    }

    /** Tells whether the request asks for a dry run. */
    boolean readDryRun() {
        String text = single("dryRun");
        if (text != null && !text.equals("true") && !text.equals("false")) {
            violate("dryRun", Violation.Code.BAD_FORMAT, "dryRun must be true or false");
        }
        return "true".equals(text);
    }

    /** Returns all values of a parameter. */
    List<String> all(String name) {
        known.add(name);
        return values.getOrDefault(name, List.of());
    }

    @Nullable
    String required(String name) {
        String text = single(name);
        if (text == null && !values.containsKey(name)) {
            violate(name, Violation.Code.REQUIRED, name + " is required");
        }
        return text;
    }

    <E extends Enum<E>> Set<E> statuses(String parameter, Class<E> type) {
        List<String> given = all(parameter);
        if (given.isEmpty()) {
            return Set.of();
        }
        EnumSet<E> statuses = EnumSet.noneOf(type);
        Violation.Code wrong = null;
        for (String list : given) {
            for (String name : list.isEmpty() ? NONE : list.split(",", -1)) {
                E status = status(name, type);
                if (status == null) {
                    wrong = Violation.Code.BAD_FORMAT;
                } else if (!statuses.add(status) && wrong == null) {
                    wrong = Violation.Code.TOO_MANY;
                }
            }
        }
        if (wrong != null) {
            violate(parameter, wrong, parameter + " must be one or more of " + names(type) + ", each only once");
        }
        return statuses;
    }

    private static <E extends Enum<E>> @Nullable E status(String name, Class<E> type) {
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException unknown) {
            return null;
        }
    }

    private static <E extends Enum<E>> String names(Class<E> type) {
        String list =
                String.join(", ", EnumSet.allOf(type).stream().map(Enum::name).toList());
        int last = list.lastIndexOf(", ");
        return list.substring(0, last) + " and " + list.substring(last + 2);
    }

    @Nullable
    Instant instant(String name) {
        String text = single(name);
        if (text == null) {
            return null;
        }
        Instant instant = Timestamps.parse(text);
        if (instant == null) {
            violate(
                    name,
                    Violation.Code.BAD_FORMAT,
                    name + " must be a time such as 2026-01-31T12:00:00Z. Write the + of an offset as %2B.");
        }
        return instant;
    }

    @Nullable
    String single(String name) {
        List<String> given = all(name);
        if (given.size() > 1) {
            violate(name, Violation.Code.TOO_MANY, name + " must be given only once");
            return null;
        }
        return given.isEmpty() || given.get(0).isEmpty() ? null : given.get(0);
    }

    /** @throws HttpProblemException if a parameter is wrong or unknown, or if the collector has other violations */
    void check() {
        for (Map.Entry<String, List<String>> each : values.entrySet()) {
            check(each.getKey(), each.getValue());
        }
        violations.check();
    }

    private void check(String name, List<String> given) {
        if (!known.contains(name)) {
            violate(name, Violation.Code.UNKNOWN_FIELD, "This operation has no such parameter. Leave it out.");
        } else if (given.contains("")) {
            violate(name, Violation.Code.BLANK, name + " must not be empty. Set a value or leave it out.");
        } else if (given.stream().anyMatch(Parameters::isUnstorable)) {
            violate(name, Violation.Code.MALFORMED, name + " must be UTF-8 without U+0000");
        }
    }

    private static boolean isUnstorable(String value) {
        return value.chars().anyMatch(c -> c == 0 || c == '\uFFFD');
    }

    void violate(String name, Violation.Code code, String detail) {
        violations.add("?" + name, code, detail);
    }
}
