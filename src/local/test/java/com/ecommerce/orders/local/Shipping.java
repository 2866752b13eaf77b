package com.ecommerce.orders.local;

import static com.ecommerce.orders.local.Workload.expect;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The fulfillments, cancellations and returns of one order of a {@link Workload}. Each write has a key. At the end, the order and
 * its lists must match the entries of the responses.
 */
@NullUnmarked
final class Shipping {

    /** The number of writes of each order. One more key repeats a fulfillment with its reference, which changes nothing. */
    static final int WRITES = 5;

    static final int KEYS = WRITES + 1;

    private static final JsonMapper JSON = new JsonMapper();
    private static final String FIRST_LINE = "{\"lineNumber\":1,\"quantity\":1";
    private static final String SECOND_LINE = "{\"lineNumber\":2,\"quantity\":1";
    private static final String RESTOCK = ",\"disposition\":\"RESTOCK\"";

    private final Workload workload;
    private final String order;
    private final String token;
    private final String key;
    /** The entries as in their last responses. The name of an entry is its list and its id. */
    private final Map<String, JsonNode> acknowledged = new LinkedHashMap<>();

    private int version;

    Shipping(Workload workload, String order, String token, String key, int version) {
        this.workload = workload;
        this.order = order;
        this.token = token;
        this.key = key;
        this.version = version;
    }

    /** Ships one unit, cancels one, ships the rest without a reference, and takes one or two units back for a fee. */
    void shipAndReturn() throws InterruptedException {
        shipOnce("ship");
        cancelAUnit();
        write("/fulfillments", "rest", "{}", 201);
        String both = "{\"items\":[" + FIRST_LINE + "}," + SECOND_LINE + "}]}";
        String created = write("/returns", "return", both, 201).path("id").asString();
        String second = ThreadLocalRandom.current().nextBoolean() ? "," + SECOND_LINE + RESTOCK + "}" : "";
        String receipt = "{\"items\":[" + FIRST_LINE + RESTOCK + ",\"fee\":100}" + second + "]}";
        write("/returns/" + created + "/receive", "receive", receipt, 200);
    }

    /** Ships one unit twice under the same reference, and cancels both fulfillments and one unit. */
    void shipAndCancel() throws InterruptedException {
        String first = shipOnce("ship");
        write("/fulfillments/" + first + "/cancel", "unship", "{}", 200);
        String second =
                write("/fulfillments", "again", shipment(), 201).path("id").asString();
        write("/fulfillments/" + second + "/cancel", "unship-again", "{}", 200);
        cancelAUnit();
    }

    /** Ships a unit, and repeats the request with the same key and then with another key. */
    private String shipOnce(String name) throws InterruptedException {
        JsonNode shipped = write("/fulfillments", name, shipment(), 201);
        JsonNode replayed = send("/fulfillments", name, shipment(), 201);
        JsonNode repeated = send("/fulfillments", name + "-repeated", shipment(), 200);
        expect(replayed.equals(shipped), "a replay differs from its first response: " + replayed);
        expect(repeated.equals(shipped), "one reference, two fulfillments: " + shipped + " and " + repeated);
        return shipped.path("id").asString();
    }

    private String shipment() {
        return "{\"items\":[" + FIRST_LINE + "}],\"reference\":\"" + key + "\"}";
    }

    private void cancelAUnit() throws InterruptedException {
        write("/cancellations", "items", "{\"items\":[" + FIRST_LINE + "}],\"reason\":\"INVENTORY\"}", 201);
    }

    private JsonNode write(String path, String name, String body, int status) throws InterruptedException {
        version++;
        JsonNode entry = send(path, name, body, status);
        acknowledged.put(path.split("/")[1] + " " + entry.path("id").asString(), entry);
        return entry;
    }

    private JsonNode send(String path, String name, String body, int status) throws InterruptedException {
        HttpResponse<String> answer =
                workload.untilAnswered("POST", order + path, token, key + "-" + name, "", body, status);
        expect(
                answer.headers().firstValue("Order-ETag").orElse("").equals("\"" + version + "\""),
                order + path + " should raise the version to " + version + ": " + answer.headers());
        return JSON.readTree(answer.body());
    }

    /** Compares the order with its lists, and the lists with the responses to the writes. */
    void verify(int allowances) throws InterruptedException {
        JsonNode shipped = list("fulfillments");
        JsonNode dropped = list("cancellations");
        JsonNode sentBack = list("returns");
        JsonNode stored = get(order);
        long credits = 0;
        int units = 0;
        int fulfilled = 0;
        int cancelled = 0;
        int returned = 0;
        for (JsonNode line : stored.path("items")) {
            int number = line.path("lineNumber").asInt();
            expect(
                    line.path("fulfilled").asInt(0) == sum(shipped, number, "quantity")
                            && line.path("cancelled").asInt(0) == sum(dropped, number, "quantity")
                            && line.path("returned").asInt(0) == sum(sentBack, number, "received"),
                    "counters of a line differ from the entries of the order: " + stored);
            units += line.path("quantity").asInt();
            fulfilled += line.path("fulfilled").asInt(0);
            cancelled += line.path("cancelled").asInt(0);
            returned += line.path("returned").asInt(0);
            credits += sum(dropped, number, "credit") + sum(sentBack, number, "credit") - sum(sentBack, number, "fee");
        }
        boolean ended = stored.path("status").asString().equals("CANCELLED");
        String status = ended ? "CANCELLED" : status(units - cancelled - fulfilled, fulfilled, returned);
        expect(
                stored.path("fulfillment").path("status").asString().equals(status),
                "the status of the fulfillment should be " + status + ": " + stored);
        long due = ended ? 0 : stored.path("totals").path("grandTotal").asLong() - credits - allowances;
        expect(stored.path("payment").path("due").asLong() == due, "the amount due should be " + due + ": " + stored);
    }

    /** Returns the status of an order that is not canceled and has units that are not canceled. No unit is delivered. */
    private static String status(int open, int fulfilled, int returned) {
        if (fulfilled == 0) {
            return "UNFULFILLED";
        }
        if (returned > 0) {
            return returned == fulfilled && open == 0 ? "RETURNED" : "PARTIALLY_RETURNED";
        }
        return open > 0 ? "PARTIALLY_FULFILLED" : "FULFILLED";
    }

    private JsonNode list(String ledger) throws InterruptedException {
        JsonNode stored = get(order + "/" + ledger).path("data");
        List<JsonNode> expected = new ArrayList<>();
        acknowledged.forEach((name, entry) -> {
            if (name.startsWith(ledger)) {
                expected.add(entry);
            }
        });
        expect(
                stored.equals(JSON.valueToTree(expected)),
                "entries were lost, doubled or changed: " + order + "/" + ledger + " was answered " + expected
                        + " and is " + stored);
        return stored;
    }

    private JsonNode get(String path) throws InterruptedException {
        return JSON.readTree(
                workload.untilAnswered("GET", path, token, "", "", "", 200).body());
    }

    /** Adds up a member of the items of one line, over all entries that are not canceled. */
    private static long sum(JsonNode entries, int line, String member) {
        long sum = 0;
        for (JsonNode entry : entries) {
            for (JsonNode item : entry.path("items")) {
                boolean counts = !entry.path("status").asString("").equals("CANCELLED");
                sum += counts && item.path("lineNumber").asInt() == line
                        ? item.path(member).asLong()
                        : 0;
            }
        }
        return sum;
    }
}
