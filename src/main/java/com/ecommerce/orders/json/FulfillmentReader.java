package com.ecommerce.orders.json;

import com.ecommerce.orders.fulfillment.CancellationReason;
import com.ecommerce.orders.fulfillment.FulfillmentDetails;
import com.ecommerce.orders.fulfillment.FulfillmentPatch;
import com.ecommerce.orders.fulfillment.ItemsCancellation;
import com.ecommerce.orders.fulfillment.LineQuantity;
import com.ecommerce.orders.fulfillment.NewFulfillment;
import com.ecommerce.orders.operation.EntryDocument;
import com.ecommerce.orders.operation.ProblemException;
import com.ecommerce.orders.operation.Violation;
import com.ecommerce.orders.order.Address;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A reader of the JSON body of an operation on fulfillments or cancellations. It reports all rules that the body breaks
 * together.
 */
final class FulfillmentReader {

    private static final int MAX_NAME = 100;
    private static final int MAX_URL = 2000;
    private static final Set<String> DETAILS = Set.of(
            "carrier",
            "trackingNumber",
            "trackingUrl",
            "trackingStatus",
            "estimatedDeliveryAt",
            "location",
            "metadata");
    private static final Set<String> SERVER_MADE =
            Set.of("id", "orderId", "status", "createdBy", "createdByEmail", "createdAt", "updatedAt");
    private static final Set<String> NOT_CHANGEABLE = union(SERVER_MADE, Set.of("items", "reference", "address"));

    private static final Set<String> SERVER_MADE_IN_CANCELLATION =
            Set.of("id", "orderId", "credit", "createdBy", "createdByEmail", "createdAt");

    private FulfillmentReader() {}

    /**
     * Reads the body of {@code createFulfillment}.
     *
     * @param body {@code null} to ship everything that is open
     * @throws ProblemException if the body breaks any rule
     */
    static NewFulfillment readNew(@Nullable JsonNode body) {
        JsonObjectReader fields = JsonObjectReader.of(body == null ? JsonNodeFactory.instance.objectNode() : body);
        List<LineQuantity> items = LedgerFields.items(fields, false, FulfillmentReader::readItem);
        String reference = fields.nonBlank("reference", MAX_NAME);
        FulfillmentDetails details = readDetails(fields);
        Address address = OrderReader.readAddress(fields.object("address"));
        fields.finish(SERVER_MADE);
        return new NewFulfillment(items == null ? List.of() : items, reference, details, address);
    }

    /** @throws ProblemException if the body breaks any rule */
    static ItemsCancellation readCancellation(JsonNode body) {
        JsonObjectReader fields = JsonObjectReader.of(body);
        List<LineQuantity> items = LedgerFields.items(fields, true, FulfillmentReader::readItem);
        CancellationReason reason = fields.constant("reason", true, CancellationReason.class);
        String note = LedgerFields.freeText(fields, "note");
        fields.finish(SERVER_MADE_IN_CANCELLATION);
        return new ItemsCancellation(Objects.requireNonNull(items), Objects.requireNonNull(reason), note);
    }

    /** @throws ProblemException if the patch breaks a rule for every fulfillment */
    static FulfillmentPatch readPatch(JsonNode patch) {
        JsonObjectReader fields = JsonObjectReader.ofPatch(patch);
        readDetails(fields);
        fields.finish(NOT_CHANGEABLE);
        return new Patch(patch);
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return Set.copyOf(all);
    }

    private static @Nullable LineQuantity readItem(JsonObjectReader item, @Nullable Integer line) {
        Integer quantity = LedgerFields.quantity(item);
        return line == null || quantity == null ? null : new LineQuantity(line, quantity);
    }

    private static FulfillmentDetails readDetails(JsonObjectReader fields) {
        String carrier = fields.text("carrier", MAX_NAME);
        String trackingNumber = fields.text("trackingNumber", 200);
        String trackingUrl = readUrl(fields);
        String trackingStatus = fields.text("trackingStatus", 50);
        Instant estimatedDeliveryAt = LedgerFields.time(fields, "estimatedDeliveryAt");
        String location = fields.text("location", MAX_NAME);
        Map<String, String> metadata = LedgerFields.metadata(fields);
        return new FulfillmentDetails(
                carrier, trackingNumber, trackingUrl, trackingStatus, estimatedDeliveryAt, location, metadata);
    }

    private static @Nullable String readUrl(JsonObjectReader fields) {
        String url = fields.text("trackingUrl", MAX_URL);
        return url == null || !fields.isChecked("trackingUrl") || isHttps(url)
                ? url
                : fields.violate(
                        "trackingUrl",
                        Violation.Code.BAD_FORMAT,
                        "trackingUrl must be an absolute URL with https such as https://example.org/parcels/1");
    }

    private static boolean isHttps(String text) {
        try {
            URI url = new URI(text);
            return "https".equalsIgnoreCase(url.getScheme()) && url.getHost() != null;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    /** A JSON merge patch (RFC 7396) of a fulfillment. */
    private record Patch(JsonNode patch) implements FulfillmentPatch {

        @Override
        public FulfillmentDetails applyTo(EntryDocument fulfillment) {
            ObjectNode details = ((ObjectNode) StrictJson.readTrusted(fulfillment.json())).retain(DETAILS);
            JsonObjectReader fields = JsonObjectReader.ofPatched(MergePatch.apply(details, patch), patch);
            FulfillmentDetails result = readDetails(fields);
            fields.finish(NOT_CHANGEABLE);
            return result;
        }
    }
}
