package com.ecommerce.orders.client.feed;

import com.ecommerce.orders.client.ApiException;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Decides which requests are sent again, and when. */
final class RetryPolicy {

    private static final Set<Integer> RETRYABLE = Set.of(408, 429, 502, 503, 504);
    private static final long FIRST_MILLIS = 1_000;
    private static final long LONGEST_MILLIS = 60_000;
    private static final long LONGEST_HEADER_SECONDS = 3_600;

    private RetryPolicy() {}

    /** Tells whether the same request may succeed later. A response that is no JSON of the contract will not change. */
    static boolean isRetryable(ApiException failure) {
        return RETRYABLE.contains(failure.getCode())
                || (failure.getCode() == 0
                        && failure.getCause() instanceof IOException
                        && !(failure.getCause() instanceof JsonProcessingException));
    }

    /**
     * Returns the time until the next attempt: half of the backoff or more, at random, and at least {@code Retry-After}.
     *
     * @param failures the number of failures in a row, from 1
     */
    static Duration waitAfter(ApiException failure, int failures) {
        long longest = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures - 1, 10));
        Duration backoff = Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
        HttpHeaders headers = failure.getResponseHeaders();
        Duration named = headers == null ? Duration.ZERO : retryAfter(headers.map(), Duration.ZERO);
        return named.compareTo(backoff) > 0 ? named : backoff;
    }

    /** Returns {@code Retry-After} of a response, at most an hour. */
    static Duration retryAfter(Map<String, List<String>> headers, Duration otherwise) {
        if (headers == null) {
            return otherwise;
        }
        try {
            return HttpHeaders.of(headers, (name, value) -> true)
                    .firstValue("Retry-After")
                    .map(value -> Duration.ofSeconds(Math.min(Long.parseLong(value), LONGEST_HEADER_SECONDS)))
                    .orElse(otherwise);
        } catch (NumberFormatException date) {
            return otherwise;
        }
    }
}
