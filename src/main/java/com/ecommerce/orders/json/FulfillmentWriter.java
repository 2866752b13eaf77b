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
        Json.writeOptional(json, "reference", fulfillment.reference());
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
        Json.writeOptional(json, "note", cancellation.note());
        json.writeEndObject();
    }

    private static void writeMembers(JsonGenerator json, FulfillmentDetails details) {
        Json.writeOptional(json, "carrier", details.carrier());
        Json.writeOptional(json, "trackingNumber", details.trackingNumber());
        Json.writeOptional(json, "trackingUrl", details.trackingUrl());
        Json.writeOptional(json, "trackingStatus", details.trackingStatus());
        Json.writeOptional(json, "estimatedDeliveryAt", details.estimatedDeliveryAt());
        Json.writeOptional(json, "location", details.location());
        Json.writeTexts(json, "metadata", details.metadata());
    }

    private static void writeItems(JsonGenerator json, List<LineQuantity> items) {
        if (!items.isEmpty()) {
            Json.writeArray(json, "items", items, FulfillmentWriter::writeItem);
        }
    }

    private static void writeItem(JsonGenerator json, LineQuantity item) {
        json.writeNumberProperty("lineNumber", item.lineNumber());
        json.writeNumberProperty("quantity", item.quantity());
    }
}
