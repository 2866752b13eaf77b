package com.ecommerce.orders.admin;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The list of all columns and all members of stored JSON. The list says for each entry whether it is personal data. A test
 * fails for an entry that is missing. Free text is personal, because any client may type a name into it. The exceptions are
 * needed for a merchant's books: the number of the order, the number and name of each article, and the references of
 * transactions and fulfillments.
 */
final class PersonalData {

    /** The person whose data it is. This decides when the data is erased. */
    enum Kind {
        /** The data of no person. */
        NONE,
        /** Data about the customer, or free text about the order. Erased with the customer. */
        CUSTOMER,
        /** The user who made the change. Erased with that user. */
        USER,
        /** A JSON document, whose members are listed one by one. */
        DOCUMENT
    }

    /** The members of an event's changes that are entries of a ledger. */
    static final Set<String> ENTRIES = Set.of("transaction", "fulfillment", "cancellation", "return");

    /** All columns, as {@code table.column}. */
    static final Map<String, Kind> COLUMNS = new TreeMap<>();

    /** All members of stored JSON, by their path: {@code items[].sku} is a member of each item. */
    static final Map<String, Kind> MEMBERS = new TreeMap<>();

    static {
        columns(
                "orders",
                Kind.NONE,
                "tenant_id, order_id, version, status, external_ref, currency, shipping_amount, shipping_tax_rate, subtotal,"
                        + " discount, shipping, tax, grand_total, created_at, updated_at, document_bytes, authorized_total,"
                        + " captures, capture_pending, sales, sale_pending, voided, void_pending, refunded, refund_pending,"
                        + " chargebacks, chargeback_reversals, allowances, credits, transactions_total,"
                        + " transactions_live, transactions_failed, payment, payment_status, units,"
                        + " units_cancelled, units_fulfilled, units_returned, fulfillments_live, fulfillments_delivered,"
                        + " fulfillment_status");
        columns(
                "orders",
                Kind.CUSTOMER,
                "customer_id, customer_email, customer_name, shipping_address, billing_address, note, metadata,"
                        + " cancel_reason");
        columns("orders", Kind.USER, "created_by, created_by_email");
        columns("orders", Kind.DOCUMENT, "discounts");
        columns(
                "order_items",
                Kind.NONE,
                "tenant_id, order_id, line_number, sku, name, quantity, unit_price, tax_rate, subtotal, discount, tax,"
                        + " total, cancelled, fulfilled, return_pending, returned, credited");
        columns(
                "transactions",
                Kind.NONE,
                "tenant_id, transaction_id, order_id, seq, kind, state, amount, currency, provider, reference, payment,"
                        + " shipping_amount, allowance, return_id, occurred_at, reported_at, observed, created_at, updated_at");
        columns("transactions", Kind.CUSTOMER, "method, reason, metadata, failure_reason");
        columns("transactions", Kind.USER, "created_by, created_by_email");
        columns("transactions", Kind.DOCUMENT, "items");
        // The hash serves to recognize a repeated request. It is erased with the customer, because it covers their
        // data.
        columns(
                "fulfillments",
                Kind.NONE,
                "tenant_id, fulfillment_id, order_id, seq, status, items, reference, estimated_delivery_at, created_at,"
                        + " updated_at");
        columns(
                "fulfillments",
                Kind.CUSTOMER,
                "request_hash, carrier, tracking_number, tracking_url, tracking_status, location, address, metadata");
        columns("fulfillments", Kind.USER, "created_by, created_by_email");
        columns(
                "cancellations",
                Kind.NONE,
                "tenant_id, cancellation_id, order_id, seq, items, reason, credit, created_at");
        columns("cancellations", Kind.CUSTOMER, "note");
        columns("cancellations", Kind.USER, "created_by, created_by_email");
        columns(
                "returns",
                Kind.NONE,
                "tenant_id, return_id, order_id, seq, status, credit, fee, created_at, updated_at");
        columns("returns", Kind.CUSTOMER, "note");
        columns("returns", Kind.USER, "created_by, created_by_email");
        columns("returns", Kind.DOCUMENT, "items, receipts");
        // The summary has names of members and values of columns that are not personal.
        columns("order_events", Kind.NONE, "tenant_id, order_id, seq, change_id, type, at, summary");
        columns("order_events", Kind.USER, "by, by_email");
        columns("order_events", Kind.DOCUMENT, "changes");
        columns("outbox", Kind.NONE, "tenant_id, at, order_id, seq");
        columns("event_log", Kind.NONE, "tenant_id, position, order_id, seq, at");
        columns("feeds", Kind.NONE, "tenant_id, head, epoch");
        // The fingerprint is a hash of the whole request and serves to recognize a retry.
        columns(
                "idempotency_keys",
                Kind.NONE,
                "tenant_id, key, fingerprint, change_id, order_id, entry_id, version, status, created_at");
        columns("idempotency_keys", Kind.DOCUMENT, "answer");

        members(
                Kind.NONE,
                "id, externalRef, status, version, allowedActions, currency, expectedTotal, createdAt, updatedAt",
                "items[].lineNumber, items[].sku, items[].name, items[].quantity, items[].unitPrice, items[].taxRate,"
                        + " items[].subtotal, items[].discount, items[].tax, items[].total",
                "discounts[].amount, discounts[].percent, shipping.amount, shipping.taxRate",
                "totals.subtotal, totals.discount, totals.shipping, totals.tax, totals.grandTotal",
                // In an order, `payment` has sums. In a transaction, it is the provider's id of a group of
                // transactions.
                "payment, orderId, kind, state, amount, provider, reference, items[].amount, shippingAmount, allowance,"
                        + " returnId, occurredAt, observed",
                "fulfillment, items[].cancelled, items[].fulfilled, items[].returned, items[].credit, items[].requested,"
                        + " items[].received, items[].fee, estimatedDeliveryAt, credit, fee,"
                        + " receipts[].id, receipts[].items, receipts[].createdAt");
        members(
                Kind.CUSTOMER,
                "customer, shippingAddress, billingAddress, note, metadata, cancelReason, discounts[].description, method,"
                        + " reason, failureReason, items[].reason, carrier, trackingNumber, trackingUrl, trackingStatus, location,"
                        + " address");
        members(Kind.USER, "createdBy, createdByEmail, receipts[].createdBy, receipts[].createdByEmail");
    }

    private PersonalData() {}

    private static void columns(String table, Kind kind, String names) {
        for (String name : names.split(", *")) {
            COLUMNS.put(table + "." + name, kind);
        }
    }

    private static void members(Kind kind, String... lists) {
        for (String list : lists) {
            for (String path : list.split(", *")) {
                MEMBERS.put(path, kind);
            }
        }
    }

    /** Returns the columns of a table that are of one kind. */
    static List<String> columns(String table, Kind kind) {
        String prefix = table + ".";
        return COLUMNS.entrySet().stream()
                .filter(column -> column.getKey().startsWith(prefix) && column.getValue() == kind)
                .map(column -> column.getKey().substring(prefix.length()))
                .toList();
    }

    /**
     * Removes all members about the customer from the JSON of an order, of a transaction, or of the changes of an event. A
     * {@code null} in a merge patch has no data about a person and stays.
     *
     * @return {@code true} if the document had such a member
     */
    static boolean eraseCustomer(ObjectNode document) {
        return eraseCustomer(document, "");
    }

    /** Removes all members about the customer from the array {@code name} of an order. */
    static boolean eraseCustomer(ArrayNode array, String name) {
        boolean erased = false;
        for (JsonNode element : array) {
            erased |= element instanceof ObjectNode object && eraseCustomer(object, name + "[].");
        }
        return erased;
    }

    private static boolean eraseCustomer(ObjectNode object, String prefix) {
        boolean erased = false;
        for (String name : List.copyOf(object.propertyNames())) {
            String path = prefix + name;
            JsonNode value = object.get(name);
            // The reason of a cancellation is one of few words. Only a transaction, which has a kind, has a free text
            // there.
            boolean isFreeText = !path.equals("reason") || object.has("kind");
            if (MEMBERS.get(path) == Kind.CUSTOMER && isFreeText && !value.isNull()) {
                object.remove(name);
                erased = true;
            } else if (value instanceof ObjectNode child) {
                // The event of an entry contains the whole entry.
                erased |= eraseCustomer(child, ENTRIES.contains(path) ? "" : path + ".");
            } else if (value instanceof ArrayNode array) {
                erased |= eraseCustomer(array, path);
            }
        }
        return erased;
    }
}
