package com.ecommerce.orders.client.feed;

import com.ecommerce.orders.client.ApiException;
import com.ecommerce.orders.client.ApiResponse;
import com.ecommerce.orders.client.api.EventsApi;
import com.ecommerce.orders.client.model.EventPage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The events of a tenant, one after the other. {@link #hasNext} waits for the next event, so a loop over the feed ends only
 * when the feed is closed or its thread is interrupted. Only one thread may use a feed; any thread may close it.
 *
 * <p>If the API is busy or can't be reached, the feed tries again without end, and writes a warning to the system logger.
 */
public final class EventFeed implements Iterator<FollowedEvent>, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(EventFeed.class.getName());
    private static final int PAGE_SIZE = 200;
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(5);
    private static final String LATEST = "latest";

    private final EventsApi api;
    private final List<String> types;
    private final Waiter waiter;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Queue<FollowedEvent> events = new ArrayDeque<>();
    private String after;
    private Duration pause = Duration.ZERO;
    private long lastPosition;

    EventFeed(EventsApi api, String after, List<String> types, Waiter waiter) {
        this.api = api;
        this.after = after;
        this.types = types.isEmpty() ? null : List.copyOf(types);
        this.lastPosition = after == null ? 0 : -1;
        this.waiter = waiter == null ? this::waitUntilClosed : waiter;
    }

    /**
     * Follows the log from its first event on.
     *
     * @param types the types to return; none for all types
     */
    public static EventFeed fromBeginning(EventsApi api, String... types) {
        return new EventFeed(api, null, List.of(types), null);
    }

    /**
     * Goes on after a stored cursor.
     *
     * @param types the types to return; none for all types
     */
    public static EventFeed after(EventsApi api, String cursor, String... types) {
        return new EventFeed(api, cursor, List.of(types), null);
    }

    /**
     * Follows the log from now on. A restart before the first event would begin at a later time. To prevent this, store
     * {@link #latestCursor}, and follow the log after it.
     *
     * @param types the types to return; none for all types
     */
    public static EventFeed fromLatest(EventsApi api, String... types) {
        return new EventFeed(api, LATEST, List.of(types), null);
    }

    /**
     * Returns the cursor of the end of the log.
     *
     * @throws ApiException if the request fails
     */
    public static String latestCursor(EventsApi api) throws ApiException {
        return api.listEvents(null, 1, LATEST, null, null).getNextCursor();
    }

    /**
     * Waits until there is a next event.
     *
     * @return false if the feed was closed, or the thread was interrupted
     * @throws CursorExpiredException if the cursor has expired
     * @throws PositionGapException if events may be missing
     * @throws FeedException if the API refuses the request
     */
    @Override
    public boolean hasNext() {
        while (events.isEmpty() && isOpen()) {
            try {
                if (!waiter.await(pause)) {
                    read();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return isOpen();
    }

    @Override
    public FollowedEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The feed is closed");
        }
        FollowedEvent next = events.element();
        checkPosition(Long.parseLong(next.event().getPosition()));
        return events.remove();
    }

    /** Ends the feed. A request that is running ends first; an interrupt of its thread ends the request too. */
    @Override
    public void close() {
        closed.countDown();
    }

    private boolean isOpen() {
        return closed.getCount() > 0 && !Thread.currentThread().isInterrupted();
    }

    private void read() throws InterruptedException {
        ApiResponse<EventPage> response = request();
        if (response == null) {
            return;
        }
        String start = after;
        EventPage page = response.getData();
        after = page.getNextCursor();
        boolean isStuck = page.getData().isEmpty() && after.equals(start);
        pause = RetryPolicy.retryAfter(response.getHeaders(), isStuck ? POLL_INTERVAL : Duration.ZERO);
        int last = page.getData().size() - 1;
        for (int i = 0; i <= last; i++) {
            // The API names no place within a page. Until the last event, only the start of the page is a safe place.
            events.add(new FollowedEvent(page.getData().get(i), i == last ? after : start));
        }
    }

    /** Returns a page; null if the feed was closed in the meantime. */
    private ApiResponse<EventPage> request() throws InterruptedException {
        for (int failures = 1; isOpen(); failures++) {
            try {
                return api.listEventsWithHttpInfo(null, hasCursor() ? PAGE_SIZE : 1, after, types, null);
            } catch (ApiException e) {
                if (!isOpen()) {
                    return null;
                }
                if (!RetryPolicy.isRetryable(e)) {
                    throw toFeedException(e);
                }
                Duration wait = RetryPolicy.waitAfter(e, failures);
                LOG.log(System.Logger.Level.WARNING, "The feed failed. It tries again in " + wait, e);
                if (waiter.await(wait)) {
                    return null;
                }
            }
        }
        return null;
    }

    /** The first page has one event at most, because a page without a cursor for its start can't be read again. */
    private boolean hasCursor() {
        return after != null && !after.equals(LATEST);
    }

    private FeedException toFeedException(ApiException e) {
        if (e.getCode() == 410) {
            return new CursorExpiredException(after, e);
        }
        return new FeedException("The API refuses the request for events. Read the cause.", e);
    }

    private void checkPosition(long position) {
        boolean isExpected = types == null ? lastPosition < 0 || position == lastPosition + 1 : position > lastPosition;
        if (!isExpected) {
            throw new PositionGapException(lastPosition + 1, position);
        }
        lastPosition = position;
    }

    private boolean waitUntilClosed(Duration time) throws InterruptedException {
        return closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** A wait that tests shorten. */
    interface Waiter {

        /** Waits. Returns true at once if the feed is closed. */
        boolean await(Duration time) throws InterruptedException;
    }
}
