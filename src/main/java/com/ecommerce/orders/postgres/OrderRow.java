package com.ecommerce.orders.postgres;

import com.ecommerce.orders.json.StrictJson;
import com.ecommerce.orders.operation.FulfillmentStatus;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrderStatus;
import com.ecommerce.orders.order.Address;
import com.ecommerce.orders.order.Customer;
import com.ecommerce.orders.order.LedgerSummary;
import com.ecommerce.orders.order.LineCounters;
import com.ecommerce.orders.order.Order;
import com.ecommerce.orders.order.OrderDetails;
import com.ecommerce.orders.order.OrderItem;
import com.ecommerce.orders.pricing.Discount;
import com.ecommerce.orders.pricing.LineAmounts;
import com.ecommerce.orders.pricing.Money;
import com.ecommerce.orders.pricing.Percentage;
import com.ecommerce.orders.pricing.Price;
import com.ecommerce.orders.pricing.Shipping;
import com.ecommerce.orders.pricing.TaxRate;
import com.ecommerce.orders.pricing.Totals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A reader of orders from rows with the columns of the type {@code order_rows_1}. */
final class OrderRow {

    private OrderRow() {}

    static Order read(ResultSet row) throws SQLException {
        List<OrderItem> items = new ArrayList<>();
        List<LineAmounts> lines = new ArrayList<>();
        List<LineCounters> units = new ArrayList<>();
        for (JsonNode line : StrictJson.readTrusted(row.getString("items"))) {
            items.add(new OrderItem(
                    line.get(0).stringValue(),
                    line.get(1).stringValue(null),
                    line.get(2).intValue(),
                    money(line.get(3)),
                    taxRate(line.get(4).stringValue())));
            lines.add(new LineAmounts(money(line.get(5)), money(line.get(6)), money(line.get(7)), money(line.get(8))));
            units.add(new LineCounters(
                    line.get(9).intValue(),
                    line.get(10).intValue(),
                    line.get(11).intValue()));
        }
        OrderDetails details = new OrderDetails(
                row.getString("external_ref"),
                row.getString("currency"),
                customer(row),
                items,
                discounts(row.getString("discounts")),
                shipping(row),
                address(row.getString("shipping_address")),
                address(row.getString("billing_address")),
                row.getString("note"),
                metadata(row.getString("metadata")));
        return new Order(
                new OrderId(row.getObject("order_id", UUID.class)),
                row.getInt("version"),
                OrderStatus.valueOf(row.getString("status")),
                details,
                new Price(lines, totals(row)),
                row.getString("cancel_reason"),
                row.getString("created_by"),
                row.getString("created_by_email"),
                instant(row, "created_at"),
                instant(row, "updated_at"),
                Collections.frequency(units, LineCounters.NONE) == units.size() ? List.of() : units,
                new LedgerSummary(
                        row.getString("payment"), FulfillmentStatus.valueOf(row.getString("fulfillment_status"))));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static Totals totals(ResultSet row) throws SQLException {
        return new Totals(
                new Money(row.getLong("subtotal")),
                new Money(row.getLong("discount")),
                new Money(row.getLong("shipping")),
                new Money(row.getLong("tax")),
                new Money(row.getLong("grand_total")));
    }

    private static @Nullable Customer customer(ResultSet row) throws SQLException {
        String id = row.getString("customer_id");
        String email = row.getString("customer_email");
        String name = row.getString("customer_name");
        return id == null && email == null && name == null ? null : new Customer(id, email, name);
    }

    private static @Nullable Shipping shipping(ResultSet row) throws SQLException {
        String taxRate = row.getString("shipping_tax_rate");
        return taxRate == null ? null : new Shipping(new Money(row.getLong("shipping_amount")), taxRate(taxRate));
    }

    private static List<Discount> discounts(@Nullable String json) {
        List<Discount> discounts = new ArrayList<>();
        if (json != null) {
            for (JsonNode discount : StrictJson.readTrusted(json)) {
                String percent = text(discount, "percent");
                discounts.add(new Discount(
                        text(discount, "description"),
                        percent == null ? money(discount.get("amount")) : null,
                        percent == null ? null : new Percentage(percent)));
            }
        }
        return discounts;
    }

    private static @Nullable Address address(@Nullable String json) {
        if (json == null) {
            return null;
        }
        JsonNode address = StrictJson.readTrusted(json);
        return new Address(
                address.get("name").stringValue(),
                address.get("line1").stringValue(),
                text(address, "line2"),
                address.get("city").stringValue(),
                text(address, "region"),
                address.get("postalCode").stringValue(),
                address.get("country").stringValue());
    }

    private static Map<String, String> metadata(@Nullable String json) {
        Map<String, String> metadata = new LinkedHashMap<>();
        if (json != null) {
            StrictJson.readTrusted(json)
                    .properties()
                    .forEach(entry ->
                            metadata.put(entry.getKey(), entry.getValue().stringValue()));
        }
        return metadata;
    }

    private static @Nullable String text(JsonNode object, String name) {
        return object.path(name).stringValue(null);
    }

    private static TaxRate taxRate(String text) {
        return text.equals(TaxRate.NONE.text()) ? TaxRate.NONE : new TaxRate(text);
    }

    private static Money money(JsonNode node) {
        return new Money(node.longValue());
    }
}
