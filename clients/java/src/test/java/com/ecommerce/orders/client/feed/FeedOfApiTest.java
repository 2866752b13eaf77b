package com.ecommerce.orders.client.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ecommerce.orders.client.ApiException;
import com.ecommerce.orders.client.model.Event;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The feed against the API that {@code ORDERS_URL} names. The feed polls without waits. */
@Timeout(300)
class FeedOfApiTest {

    private static final int WRITERS = 3;
    private static final int ORDERS = 60;

    private final Tenant tenant;
    private String cursor;

    FeedOfApiTest() throws Exception {
        tenant = new Tenant();
    }

    @Test
    void aReaderThatRestartsSeesEachEventWhileOthersWrite() {
        List<CompletableFuture<List<UUID>>> writers = IntStream.range(0, WRITERS)
                .mapToObj(i -> CompletableFuture.supplyAsync(this::write))
                .toList();

        List<String> seen = new ArrayList<>();
        // The reader stops in the middle of pages. Each run is longer, so a run gets past a page in the end.
        for (int run = 1; seen.size() < 2 * WRITERS * ORDERS; run++) {
            readAfterRestart(10 * run, seen);
        }

        Set<String> written = new HashSet<>();
        for (CompletableFuture<List<UUID>> writer : writers) {
            for (UUID order : writer.join()) {
                written.add(order + " 1");
                written.add(order + " 2");
            }
        }
        assertEquals(written, new HashSet<>(seen));
        assertEquals(written.size(), seen.size(), "each event has one position");
    }

    @Test
    void tellsThatTheTenantWasErased() throws Exception {
        tenant.placeAndCancel();
        EventFeed running = feed();
        running.next();
        FollowedEvent last = running.next();
        cursor = last.cursor();

        tenant.erase();

        assertEquals(
                cursor,
                assertThrows(CursorExpiredException.class, running::next).cursor());
        assertThrows(CursorExpiredException.class, feed()::next, "a restart after the stored cursor");
        tenant.placeAndCancel();
        assertThrows(CursorExpiredException.class, feed()::next, "the new log does not make the cursor valid");
        cursor = null;
        assertEquals("1", feed().next().event().getPosition());
    }

    private void readAfterRestart(int events, List<String> seen) {
        EventFeed feed = feed();
        for (int i = 0; i < events && seen.size() < 2 * WRITERS * ORDERS; i++) {
            FollowedEvent next = feed.next();
            Event event = next.event();
            int position = Integer.parseInt(event.getPosition());
            String change = event.getSubject() + " " + event.getSequence();
            assertTrue(position <= seen.size() + 1, "no event is skipped");
            if (position <= seen.size()) {
                assertEquals(seen.get(position - 1), change, "a position keeps its event");
            } else {
                seen.add(change);
            }
            cursor = next.cursor();
        }
    }

    private List<UUID> write() {
        List<UUID> orders = new ArrayList<>();
        try {
            while (orders.size() < ORDERS) {
                orders.add(tenant.placeAndCancel());
            }
        } catch (ApiException e) {
            throw new CompletionException(e);
        }
        return orders;
    }

    private EventFeed feed() {
        return new EventFeed(tenant.events(), cursor, List.of(), wait -> false);
    }
}
