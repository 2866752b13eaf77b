package com.ecommerce.orders.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A reader of the feed that prints each event, and keeps the cursor of the last page. */
final class EventFollower {

    /** The exit code for an expired cursor. */
    static final int CURSOR_EXPIRED = 3;

    private static final Set<Integer> TEMPORARY = Set.of(408, 429, 502, 503, 504);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(32);

    /** The pause if the header has no seconds. */
    private static final Duration PAUSE_AT_END = Duration.ofSeconds(5);

    private final ApiClient api;
    private final String token;
    private final Map<String, String> parameters;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Pause pause;

    private Duration backoff = Duration.ofSeconds(1);

    EventFollower(
            ApiClient api,
            String token,
            Map<String, String> parameters,
            PrintWriter out,
            PrintWriter err,
            Pause pause) {
        this.api = api;
        this.token = token;
        this.parameters = parameters;
        this.out = out;
        this.err = err;
        this.pause = pause;
    }

    /**
     * Prints the events after a cursor. Tries again after temporary failures.
     *
     * @param after the cursor; empty for the beginning of the log
     * @param untilEnd {@code true} to stop at the end of the log
     * @return the exit code
     */
    int follow(String after, boolean untilEnd) {
        String cursor = after;
        while (true) {
            Optional<HttpResponse<String>> response = read(cursor);
            if (response.isEmpty()) {
                continue;
            }
            HttpResponse<String> page = response.get();
            if (page.statusCode() == 410) {
                err.println("follow: " + ApiClient.problem(page));
                return CURSOR_EXPIRED;
            }
            String next = print(ApiClient.json(page));
            if (isEnd(page, cursor, next)) {
                if (untilEnd) {
                    return 0;
                }
                pause.await(retryAfter(page).orElse(PAUSE_AT_END));
            }
            cursor = next;
        }
    }

    /** A proxy may remove the header, or replace its seconds by a date. */
    private static boolean isEnd(HttpResponse<String> page, String cursor, String next) {
        return next.equals(cursor) || page.headers().firstValue("Retry-After").isPresent();
    }

    /** Returns the page after a cursor. After a temporary failure, waits and returns empty. */
    private Optional<HttpResponse<String>> read(String cursor) {
        Map<String, String> query = new LinkedHashMap<>(parameters);
        query.put("after", cursor);
        HttpResponse<String> response;
        try {
            response = api.send(api.request("/events", query)
                    .header("Authorization", "Bearer " + token)
                    .build());
        } catch (IOException e) {
            awaitNextTry("the API at " + api.url() + " can't be reached (" + e + ").", backoff);
            return Optional.empty();
        }
        if (TEMPORARY.contains(response.statusCode())) {
            awaitNextTry(ApiClient.problem(response), retryAfter(response).orElse(backoff));
            return Optional.empty();
        }
        backoff = Duration.ofSeconds(1);
        return Optional.of(response);
    }

    private void awaitNextTry(String problem, Duration time) {
        err.println("follow: " + problem + " Next try in " + time.toSeconds() + " s.");
        backoff = backoff.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? backoff.multipliedBy(2) : LONGEST_PAUSE;
        pause.await(time);
    }

    /** Prints the events of a page and returns the next cursor. The cursor is printed after its events. */
    private String print(JsonNode page) {
        String cursor = page.path("nextCursor").asString("");
        if (cursor.isEmpty()) {
            throw new IllegalStateException(
                    "the response is not a page of events, because it has no nextCursor. Check that --url names the API");
        }
        page.path("data").forEach(event -> out.println(event.toString()));
        if (out.checkError()) {
            throw new IllegalStateException("the events could not be written to standard output");
        }
        if (!page.path("data").isEmpty()) {
            err.println("Continue with --after " + cursor);
        }
        return cursor;
    }

    /** Returns the seconds of the header. A date, which only proxies send, counts as no header. */
    private static Optional<Duration> retryAfter(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,5}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }
}
