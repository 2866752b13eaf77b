package com.ecommerce.orders.local.sample;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * A request of a scenario.
 *
 * @param path the path below the path of the order
 */
record SampleStep(Function<SampleOrder, String> path, Function<SampleOrder, Map<String, Object>> body) {

    private static final String TRANSACTIONS = "transactions";
    private static final String FULFILLMENTS = "fulfillments";
    private static final String RETURNS = "returns";

    /** Changes the status of the order: {@code confirm} or {@code complete}. */
    static SampleStep change(String action) {
        return step(action, Map.of());
    }

    static SampleStep cancel() {
        return step("cancel", Map.of("reason", "The customer has ordered twice"));
    }

    /** Records a transaction that has succeeded. */
    static SampleStep pay(String kind, int percent) {
        return pay(kind, percent, "SUCCEEDED");
    }

    /** @param percent the part of the grand total */
    static SampleStep pay(String kind, int percent, String state) {
        return new SampleStep(order -> TRANSACTIONS, order -> {
            Map<String, Object> body = new HashMap<>(Map.of(
                    "kind",
                    kind,
                    "state",
                    state,
                    "amount",
                    order.amount(percent),
                    "currency",
                    order.currency(),
                    "provider",
                    "demo",
                    "reference",
                    "demo_" + UUID.randomUUID().toString().substring(0, 13),
                    "method",
                    Map.of("type", "card", "brand", "visa", "last4", "4242")));
            if (state.equals("FAILED")) {
                body.put("failureReason", "The card has expired");
            }
            return body;
        });
    }

    /** Settles the last transaction. */
    static SampleStep settle(String state) {
        return onLast(TRANSACTIONS, "settle", Map.of("state", state));
    }

    static SampleStep shipEverything() {
        return step(FULFILLMENTS, Map.of("carrier", "DHL", "trackingNumber", "JD0140"));
    }

    /** Ships some units of the first line. */
    static SampleStep ship(int quantity) {
        return step(FULFILLMENTS, Map.of("items", firstLine(quantity, Map.of()), "carrier", "UPS"));
    }

    /** Changes the last fulfillment: {@code deliver} or {@code cancel}. */
    static SampleStep changeFulfillment(String action) {
        return onLast(FULFILLMENTS, action, Map.of());
    }

    /** Cancels some units of the first line. */
    static SampleStep cancelItems(int quantity) {
        return step("cancellations", Map.of("items", firstLine(quantity, Map.of()), "reason", "INVENTORY"));
    }

    /** Requests a return of some units of the first line. */
    static SampleStep requestReturn(int quantity) {
        return step(RETURNS, Map.of("items", firstLine(quantity, Map.of("reason", "too small"))));
    }

    /** Receives some units of the last return. */
    static SampleStep receive(int quantity, String disposition) {
        Map<String, Object> line = Map.of("disposition", disposition);
        return onLast(RETURNS, "receive", Map.of("items", firstLine(quantity, line)));
    }

    /** Changes the last return: {@code close} or {@code cancel}. */
    static SampleStep changeReturn(String action) {
        return onLast(RETURNS, action, Map.of());
    }

    private static SampleStep step(String path, Map<String, Object> body) {
        return new SampleStep(order -> path, order -> body);
    }

    private static SampleStep onLast(String ledger, String action, Map<String, Object> body) {
        return new SampleStep(order -> ledger + "/" + order.lastEntry(ledger) + "/" + action, order -> body);
    }

    private static List<Map<String, Object>> firstLine(int quantity, Map<String, Object> more) {
        Map<String, Object> line = new HashMap<>(more);
        line.put("lineNumber", 1);
        line.put("quantity", quantity);
        return List.of(line);
    }
}
