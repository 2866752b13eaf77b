package com.ecommerce.orders.client.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ecommerce.orders.client.ScriptedServer;
import com.ecommerce.orders.client.api.EventsApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The feed against a server with given responses. The waits are recorded and take no time. */
class EventFeedTest {

    private static final String BUSY =
            """
            {"type": "/problems/tenant-busy", "title": "Busy", "status": 429, "detail": "Busy", "instance": "/events",
             "code": "TENANT_BUSY", "requestId": "1", "retryable": true}""";

    private final List<Duration> waits = new ArrayList<>();
    private final ScriptedServer server;
    private final EventsApi api;

    EventFeedTest() throws Exception {
        server = new ScriptedServer();
        api = new EventsApi(server.client());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void returnsEachEventWithACursorThatSkipsNoEvent() {
        server.then(200, page("c1", 1)).then(200, page("c4", 2, 3, 4)).then(200, page("c5", 5));
        EventFeed feed = feed(null);

        List<String> cursors = IntStream.range(0, 5)
                .mapToObj(i -> feed.next())
                .map(event -> event.event().getPosition() + " " + event.cursor())
                .toList();

        assertEquals(List.of("1 c1", "2 c1", "3 c1", "4 c4", "5 c5"), cursors);
        assertEquals(List.of("limit=1", "limit=200&after=c1", "limit=200&after=c4"), server.queries());
    }

    @Test
    void goesOnAfterAStoredCursor() {
        server.then(200, page("c8", 7, 8));

        FollowedEvent event = feed("c6").next();

        assertEquals("7", event.event().getPosition());
        assertEquals("c6", event.cursor());
        assertEquals(List.of("limit=200&after=c6"), server.queries());
    }

    @Test
    void startsAtTheEndOfTheLog() {
        server.thenRetryAfter(5, 200, page("c6")).then(200, page("c7", 7));

        assertEquals("7", feed("latest").next().event().getPosition());
        assertEquals(List.of("limit=1&after=latest", "limit=200&after=c6"), server.queries());
    }

    @Test
    void waitsAtTheEndOfTheLogAsLongAsTheApiSays() {
        server.thenRetryAfter(5, 200, page("c1", 1))
                .thenRetryAfter(7, 200, page("c1"))
                .then(200, page("c2", 2));
        EventFeed feed = feed("c0");

        feed.next();
        feed.next();

        assertEquals(List.of(Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(7)), waits);
    }

    @Test
    void goesOnAtOnceAfterAnEmptyPageThatIsNotTheEnd() {
        server.then(200, page("c5000")).then(200, page("c5001", 5001));

        feed("c0", "orders.order.placed.v1").next();

        assertEquals(List.of(Duration.ZERO, Duration.ZERO), waits);
    }

    @Test
    void triesAgainWhileTheApiIsBusyOrOutOfReach() {
        server.thenRetryAfter(300, 429, BUSY)
                .then(503, BUSY)
                .then(502, "<html>")
                .thenNoResponse()
                .thenNoResponse()
                .then(200, page("c1", 1));

        assertEquals("1", feed("c0").next().event().getPosition());
        assertEquals(Duration.ZERO, waits.get(0));
        assertEquals(Duration.ofSeconds(300), waits.get(1));
        for (int failures = 2; failures < waits.size(); failures++) {
            long longest = 1_000L << (failures - 1);
            long millis = waits.get(failures).toMillis();
            assertTrue(millis >= longest / 2 && millis <= longest, waits.toString());
        }
    }

    @Test
    void tellsThatTheCursorHasExpired() {
        server.then(410, BUSY.replace("TENANT_BUSY", "CURSOR_EXPIRED")).then(410, BUSY);
        EventFeed feed = feed("c6");

        assertEquals(
                "c6", assertThrows(CursorExpiredException.class, feed::next).cursor());
        assertThrows(CursorExpiredException.class, feed::hasNext, "a second attempt starts nowhere else");
        assertEquals(List.of("limit=200&after=c6", "limit=200&after=c6"), server.queries());
    }

    @Test
    void tellsThatTheApiRefusesTheRequest() {
        server.then(401, BUSY).then(500, BUSY).then(200, "no JSON");
        EventFeed feed = feed("c0");

        for (int i = 0; i < 3; i++) {
            assertThrows(FeedException.class, feed::next);
        }
        assertEquals(List.of(Duration.ZERO, Duration.ZERO, Duration.ZERO), waits);
    }

    @Test
    void stopsAtAGapWithinAPageAndBetweenPages() {
        server.then(200, page("c2", 1, 2)).then(200, page("c4", 4));
        EventFeed feed = feed("c0");
        feed.next();
        feed.next();

        assertThrows(PositionGapException.class, feed::next);
        assertThrows(PositionGapException.class, feed::next, "a second attempt skips nothing");

        server.then(200, page("c3", 1, 3));
        EventFeed other = feed("c0");
        other.next();
        assertThrows(PositionGapException.class, other::next);
    }

    @Test
    void stopsIfTheBeginningIsMissing() {
        server.then(200, page("c2", 2));

        assertThrows(PositionGapException.class, feed(null)::next);
    }

    @Test
    void expectsGapsIfTypesAreSelectedButNoStepBack() {
        server.then(200, page("c9", 3, 9, 8));
        EventFeed feed = feed(null, "orders.order.placed.v1");
        feed.next();
        feed.next();

        assertThrows(PositionGapException.class, feed::next);
    }

    @Test
    void endsWhenItIsClosed() {
        EventFeed feed = feed("c0");

        feed.close();

        assertFalse(feed.hasNext());
    }

    @Test
    void endsWhenItsThreadIsInterrupted() {
        EventFeed feed = feed("c0");

        Thread.currentThread().interrupt();

        assertFalse(feed.hasNext());
        assertTrue(Thread.interrupted(), "the interrupt is kept");
    }

    private EventFeed feed(String after, String... types) {
        return new EventFeed(api, after, List.of(types), wait -> {
            waits.add(wait);
            return false;
        });
    }

    private static String page(String nextCursor, int... positions) {
        List<String> events = IntStream.of(positions)
                .mapToObj(position -> "{\"type\": \"orders.order.placed.v1\", \"position\": \"" + position + "\"}")
                .toList();
        return "{\"data\": " + events + ", \"nextCursor\": \"" + nextCursor + "\"}";
    }
}
