package com.ecommerce.orders.json;

import com.ecommerce.orders.fulfillment.FulfillmentDetails;
import com.ecommerce.orders.fulfillment.ItemsCancellation;
import com.ecommerce.orders.fulfillment.LineQuantity;
import com.ecommerce.orders.fulfillment.NewFulfillment;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * A writer of fulfillments and cancellations as JSON, with the names of the request's body. Members without a value are
 * absent.
 */
public final class FulfillmentWriter {

    private FulfillmentWriter() {}

    /** Returns the fulfillment as JSON. */
    public static String write(NewFulfillment fulfillment) {
        return Json.text(fulfillment, FulfillmentWriter::write);
    }

    /** Returns the details as JSON. */
    public static String write(FulfillmentDetails details) {
        return Json.text(details, FulfillmentWriter::write);
    }

    /** Returns the cancellation as JSON. */
    public static String write(ItemsCancellation cancellation) {
        return Json.text(cancellation, FulfillmentWriter::write);
    }

    private static void write(JsonGenerator json, NewFulfillment fulfillment) {
        json.writeStartObject();
        writeItems(json, fulfillment.items());
        JsonOrderSerializer.writeOptional(json, "reference", fulfillment.reference());
        writeMembers(json, fulfillment.details());
        JsonOrderSerializer.writeAddress(json, "address", fulfillment.address());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, FulfillmentDetails details) {
        json.writeStartObject();
        writeMembers(json, details);
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, ItemsCancellation cancellation) {
        json.writeStartObject();
        writeItems(json, cancellation.items());
        json.writeStringProperty("reason", cancellation.reason().name());
        JsonOrderSerializer.writeOptional(json, "note", cancellation.note());
        json.writeEndObject();
    }

    private static void writeMembers(JsonGenerator json, FulfillmentDetails details) {
        JsonOrderSerializer.writeOptional(json, "carrier", details.carrier());
        JsonOrderSerializer.writeOptional(json, "trackingNumber", details.trackingNumber());
        JsonOrderSerializer.writeOptional(json, "trackingUrl", details.trackingUrl());
        JsonOrderSerializer.writeOptional(json, "trackingStatus", details.trackingStatus());
        if (details.estimatedDeliveryAt() != null) {
            json.writeStringProperty("estimatedDeliveryAt", Json.format(details.estimatedDeliveryAt()));
        }
        JsonOrderSerializer.writeOptional(json, "location", details.location());
        JsonOrderSerializer.writeMetadata(json, details.metadata());
    }

    private static void writeItems(JsonGenerator json, List<LineQuantity> items) {
        if (!items.isEmpty()) {
            json.writeArrayPropertyStart("items");
            for (LineQuantity item : items) {
                json.writeStartObject();
                json.writeNumberProperty("lineNumber", item.lineNumber());
                json.writeNumberProperty("quantity", item.quantity());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }
}
