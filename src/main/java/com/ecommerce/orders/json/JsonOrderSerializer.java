package com.ecommerce.orders.json;

import com.ecommerce.orders.operation.Action;
import com.ecommerce.orders.operation.OrderDocument;
import com.ecommerce.orders.order.Address;
import com.ecommerce.orders.order.Customer;
import com.ecommerce.orders.order.LineCounters;
import com.ecommerce.orders.order.Order;
import com.ecommerce.orders.order.OrderDetails;
import com.ecommerce.orders.order.OrderEvent;
import com.ecommerce.orders.order.OrderItem;
import com.ecommerce.orders.order.OrderSerializer;
import com.ecommerce.orders.pricing.Discount;
import com.ecommerce.orders.pricing.LineAmounts;
import com.ecommerce.orders.pricing.Money;
import com.ecommerce.orders.pricing.Shipping;
import com.ecommerce.orders.pricing.Totals;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** A writer of orders and their changes as JSON. Optional fields without a value are absent. */
public final class JsonOrderSerializer implements OrderSerializer {

    @Override
    public OrderDocument document(Order order) {
        return new OrderDocument(
                order.id(),
                order.version(),
                order.price().totals().grandTotal(),
                Json.write(order, JsonOrderSerializer::writeOrder));
    }

    @Override
    public String changes(OrderDetails placed) {
        return text(details(placed));
    }

    @Override
    public String changes(OrderDetails before, OrderDetails after) {
        return text(CanonicalJson.write(MergePatch.between(tree(before), tree(after))));
    }

    @Override
    public String changes(Order transitioned) {
        return text(Json.write(json -> {
            json.writeStartObject();
            json.writeStringProperty("status", transitioned.status().name());
            Json.writeOptional(json, "cancelReason", transitioned.cancelReason());
            json.writeEndObject();
        }));
    }

    @Override
    public byte[] event(OrderEvent event) {
        return Json.write(event, JsonOrderSerializer::writeEvent);
    }

    private static void writeEvent(JsonGenerator json, OrderEvent event) {
        json.writeStartObject();
        json.writeNumberProperty("seq", event.seq());
        json.writeStringProperty("type", event.type().name());
        json.writeStringProperty("at", Json.format(event.at()));
        json.writeStringProperty("by", event.by());
        Json.writeOptional(json, "byEmail", event.byEmail());
        json.writeName("changes");
        json.writeRawValue(event.changes());
        json.writeEndObject();
    }

    /** Returns the details that the client has set as a JSON tree. */
    static JsonNode tree(OrderDetails details) {
        return StrictJson.readTrusted(details(details));
    }

    private static byte[] details(OrderDetails details) {
        return Json.write(details, JsonOrderSerializer::writeDetails);
    }

    private static void writeDetails(JsonGenerator json, OrderDetails details) {
        json.writeStartObject();
        Json.writeOptional(json, "externalRef", details.externalRef());
        json.writeStringProperty("currency", details.currency());
        writeGoods(json, details, null);
        writeRest(json, details);
        json.writeEndObject();
    }

    private static void writeOrder(JsonGenerator json, Order order) {
        OrderDetails details = order.details();
        json.writeStartObject();
        json.writeStringProperty("id", order.id().toString());
        Json.writeOptional(json, "externalRef", details.externalRef());
        json.writeStringProperty("status", order.status().name());
        json.writeNumberProperty("version", order.version());
        json.writeArrayPropertyStart("allowedActions");
        for (Action action : order.allowedActions()) {
            json.writeString(action.text());
        }
        json.writeEndArray();
        json.writeStringProperty("currency", details.currency());
        writeGoods(json, details, order);
        writeTotals(json, order.price().totals());
        writeRest(json, details);
        Json.writeOptional(json, "cancelReason", order.cancelReason());
        json.writeStringProperty("createdBy", order.createdBy());
        Json.writeOptional(json, "createdByEmail", order.createdByEmail());
        String createdAt = Json.format(order.createdAt());
        boolean changed = !order.updatedAt().equals(order.createdAt());
        json.writeStringProperty("createdAt", createdAt);
        json.writeStringProperty("updatedAt", changed ? Json.format(order.updatedAt()) : createdAt);
        if (order.ledgers() != null) {
            json.writeName("payment");
            json.writeRawValue(order.ledgers().payment());
            json.writeObjectPropertyStart("fulfillment");
            json.writeStringProperty("status", order.ledgers().fulfillment().name());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** Writes the member {@code totals}. */
    public static void writeTotals(JsonGenerator json, Totals totals) {
        json.writeObjectPropertyStart("totals");
        write(json, "subtotal", totals.subtotal());
        write(json, "discount", totals.discount());
        write(json, "shipping", totals.shipping());
        write(json, "tax", totals.tax());
        write(json, "grandTotal", totals.grandTotal());
        json.writeEndObject();
    }

    private static void writeGoods(JsonGenerator json, OrderDetails details, @Nullable Order order) {
        writeCustomer(json, details.customer());
        json.writeArrayPropertyStart("items");
        for (int i = 0; i < details.items().size(); i++) {
            json.writeStartObject();
            if (order != null) {
                json.writeNumberProperty("lineNumber", i + 1);
            }
            writeItem(json, details.items().get(i));
            if (order != null) {
                writeAmounts(json, order.price().lines().get(i));
                if (!order.units().isEmpty()) {
                    writeUnits(json, order.units().get(i));
                }
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        writeDiscounts(json, details.discounts());
        writeShipping(json, details.shipping());
    }

    private static void writeRest(JsonGenerator json, OrderDetails details) {
        writeAddress(json, "shippingAddress", details.shippingAddress());
        writeAddress(json, "billingAddress", details.billingAddress());
        Json.writeOptional(json, "note", details.note());
        Json.writeTexts(json, "metadata", details.metadata());
    }

    private static void writeCustomer(JsonGenerator json, @Nullable Customer customer) {
        if (customer != null) {
            json.writeObjectPropertyStart("customer");
            Json.writeOptional(json, "id", customer.id());
            Json.writeOptional(json, "email", customer.email());
            Json.writeOptional(json, "name", customer.name());
            json.writeEndObject();
        }
    }

    private static void writeItem(JsonGenerator json, OrderItem item) {
        json.writeStringProperty("sku", item.sku());
        Json.writeOptional(json, "name", item.name());
        json.writeNumberProperty("quantity", item.quantity());
        write(json, "unitPrice", item.unitPrice());
        json.writeStringProperty("taxRate", item.taxRate().text());
    }

    private static void writeAmounts(JsonGenerator json, LineAmounts line) {
        write(json, "subtotal", line.subtotal());
        write(json, "discount", line.discount());
        write(json, "tax", line.tax());
        write(json, "total", line.total());
    }

    private static void writeUnits(JsonGenerator json, LineCounters units) {
        writeUnits(json, "cancelled", units.cancelled());
        writeUnits(json, "fulfilled", units.fulfilled());
        writeUnits(json, "returned", units.returned());
    }

    private static void writeUnits(JsonGenerator json, String name, int units) {
        if (units > 0) {
            json.writeNumberProperty(name, units);
        }
    }

    private static void writeDiscounts(JsonGenerator json, List<Discount> discounts) {
        if (discounts.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("discounts");
        for (Discount discount : discounts) {
            json.writeStartObject();
            Json.writeOptional(json, "description", discount.description());
            if (discount.amount() != null) {
                write(json, "amount", discount.amount());
            }
            if (discount.percent() != null) {
                json.writeStringProperty("percent", discount.percent().text());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeShipping(JsonGenerator json, @Nullable Shipping shipping) {
        if (shipping != null) {
            json.writeObjectPropertyStart("shipping");
            write(json, "amount", shipping.amount());
            json.writeStringProperty("taxRate", shipping.taxRate().text());
            json.writeEndObject();
        }
    }

    static void writeAddress(JsonGenerator json, String name, @Nullable Address address) {
        if (address != null) {
            json.writeObjectPropertyStart(name);
            json.writeStringProperty("name", address.name());
            json.writeStringProperty("line1", address.line1());
            Json.writeOptional(json, "line2", address.line2());
            json.writeStringProperty("city", address.city());
            Json.writeOptional(json, "region", address.region());
            json.writeStringProperty("postalCode", address.postalCode());
            json.writeStringProperty("country", address.country());
            json.writeEndObject();
        }
    }

    private static void write(JsonGenerator json, String name, Money amount) {
        json.writeNumberProperty(name, amount.minorUnits());
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
