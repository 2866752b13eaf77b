package com.ecommerce.orders.local.sample;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ApplicationContext;

/**
 * Thirty orders in every state, with payments, fulfillments and returns, to try the API with. The orders seem to come from the
 * last two weeks. Their currencies have zero, two and three decimals.
 *
 * <p>The console and the command {@code sample} send {@code POST /dev/samples}, which calls {@link #make}.
 *
 * <p>The orders are made by the same requests that clients send. The API authenticates, checks and stores these requests as
 * usual, but with a {@link SampleClock} that no other request sees.
 */
public final class SampleOrders {

    private static final Duration YOUNGEST = Duration.ofMinutes(20);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(5);

    private final ApplicationContext application;
    private final Clock clock;

    /** @param application the context of the running API */
    public SampleOrders(ApplicationContext application) {
        this.application = application;
        this.clock = application.getBean(Clock.class);
    }

    /**
     * Makes the orders for the tenant of a token.
     *
     * @param token a bearer token with the scopes to write orders, payments and fulfillments
     * @return the ids of the orders, oldest first
     * @throws SampleRefusedException if the API refuses a request, for example because the token lacks a scope
     */
    public List<String> make(String token) {
        SampleClock sampleClock = new SampleClock();
        SampleApi api = new SampleApi(SampleConfiguration.orderApi(application, sampleClock), token);
        String run = UUID.randomUUID().toString().substring(0, 6);
        Instant now = clock.instant();
        List<String> ids = new ArrayList<>();
        for (List<SampleStep> scenario : SampleScenarios.ALL) {
            int number = ids.size() + 1;
            Duration age = age(SampleScenarios.ALL.size() - ids.size());
            sampleClock.set(now.minus(age));
            SampleOrder order = SampleOrder.place(api, SampleBodies.newOrder(number, "S-" + run + "-" + number));
            for (SampleStep step : scenario) {
                sampleClock.set(sampleClock.instant().plus(pause(age, scenario.size())));
                order.take(step, api);
            }
            ids.add(order.id());
        }
        return ids;
    }

    /** Returns the age of an order. The distance between two orders is longer the older they are. */
    private static Duration age(int placeFromTheYoungest) {
        return YOUNGEST.multipliedBy((long) placeFromTheYoungest * placeFromTheYoungest);
    }

    /** Returns the time between two steps. All steps happen before now. */
    private static Duration pause(Duration age, int steps) {
        Duration longest = age.dividedBy(steps + 1L);
        return longest.compareTo(LONGEST_PAUSE) < 0 ? longest : LONGEST_PAUSE;
    }
}
