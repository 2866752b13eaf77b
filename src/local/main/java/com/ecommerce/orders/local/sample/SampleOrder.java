package com.ecommerce.orders.local.sample;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** A sample order as it was placed, and the last entry of each of its ledgers. */
final class SampleOrder {

    private final JsonNode placed;
    private final Map<String, String> lastEntries = new HashMap<>();

    private SampleOrder(JsonNode placed) {
        this.placed = placed;
    }

    static SampleOrder place(SampleApi api, Map<String, Object> body) {
        return new SampleOrder(api.post("/orders", body));
    }

    /** Sends the request of a step. */
    void take(SampleStep step, SampleApi api) {
        String path = step.path().apply(this);
        JsonNode response = api.post("/orders/" + id() + "/" + path, step.body().apply(this));
        lastEntries.put(path.split("/")[0], response.path("id").asString());
    }

    String id() {
        return placed.path("id").asString();
    }

    String currency() {
        return placed.path("currency").asString();
    }

    /** Returns a part of the grand total. */
    long amount(int percent) {
        return Math.max(1, placed.at("/totals/grandTotal").asLong() * percent / 100);
    }

    /** Returns the id of the last entry of a ledger, such as {@code fulfillments}. */
    String lastEntry(String ledger) {
        return Objects.requireNonNull(lastEntries.get(ledger), ledger);
    }
}
