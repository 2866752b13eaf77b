package com.ecommerce.orders.parity;

import static java.util.stream.Collectors.joining;

import com.ecommerce.orders.testkit.WireRequest;
import com.ecommerce.orders.testkit.WireResponse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A comparison of the responses of all platforms, with counts of the differences. */
final class Comparison {

    private final List<Difference> listed;
    private final Set<String> seen = new HashSet<>();
    private final Map<Pair, Count> counts = new LinkedHashMap<>();

    Comparison(List<Difference> listed) {
        this.listed = listed;
        for (Platform one : Platform.values()) {
            for (Platform other : Platform.values()) {
                if (one.compareTo(other) < 0) {
                    counts.put(new Pair(one, other), new Count());
                }
            }
        }
    }

    /** Fails if a platform differs and is not listed for this request, or if a listed platform does not differ. */
    void compare(String name, WireRequest request, Map<Platform, WireResponse> responses) {
        Map<Platform, Answer> answers = new EnumMap<>(Platform.class);
        responses.forEach((platform, response) -> answers.put(platform, Answer.of(request, response)));
        seen.add(name);
        count(name, answers);
        List<String> wrong = new ArrayList<>();
        Platform reference = reference(name);
        answers.forEach((platform, answer) -> {
            List<String> differences = answer.differencesFrom(answers.get(reference));
            if (isListed(platform, name) && differences.isEmpty()) {
                wrong.add(platform + " is listed but responds as " + reference + " does");
            } else if (!isListed(platform, name)) {
                differences.forEach(each -> wrong.add(platform + ", not as " + reference + ": " + each));
            }
        });
        if (!wrong.isEmpty()) {
            throw new AssertionError(name + ": " + request.line() + "\n" + String.join("\n", wrong));
        }
    }

    private void count(String name, Map<Platform, Answer> answers) {
        counts.forEach((pair, count) -> {
            count.compared++;
            if (answers.get(pair.one())
                    .differencesFrom(answers.get(pair.other()))
                    .isEmpty()) {
                count.equal++;
            } else if (isListed(pair.one(), name) || isListed(pair.other(), name)) {
                count.listed++;
            }
        });
    }

    private Platform reference(String name) {
        return Stream.of(Platform.values())
                .filter(platform -> !isListed(platform, name))
                .findFirst()
                .orElseThrow();
    }

    private boolean isListed(Platform platform, String name) {
        return listed.stream()
                .anyMatch(each -> each.platform() == platform && each.requests().contains(name));
    }

    /** Returns the names of listed requests that were never sent. */
    List<String> neverSent() {
        return listed.stream()
                .flatMap(each -> each.requests().stream())
                .filter(name -> !seen.contains(name))
                .toList();
    }

    /** Returns the counts as a table in Markdown. */
    String table() {
        String head =
                "| platforms | requests compared | equal | listed differences | others |\n|---|---|---|---|---|\n";
        return counts.entrySet().stream()
                .map(entry -> "| " + entry.getKey() + " | " + entry.getValue() + " |\n")
                .collect(joining("", head, ""));
    }

    private record Pair(Platform one, Platform other) {
        @Override
        public String toString() {
            return one + " and " + other;
        }
    }

    private static final class Count {

        private int compared;
        private int equal;
        private int listed;

        @Override
        public String toString() {
            return compared + " | " + equal + " | " + listed + " | " + (compared - equal - listed);
        }
    }
}
