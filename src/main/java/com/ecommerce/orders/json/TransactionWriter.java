package com.ecommerce.orders.json;

import com.ecommerce.orders.payment.NewTransaction;
import com.ecommerce.orders.payment.PaymentMethod;
import com.ecommerce.orders.payment.TransactionItem;
import com.ecommerce.orders.pricing.Money;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** A writer of a reported transaction as JSON, with the names of the request's body. Members without a value are absent. */
public final class TransactionWriter {

    private TransactionWriter() {}

    /** Returns the transaction as JSON. */
    public static String write(NewTransaction transaction) {
        return Json.text(transaction, TransactionWriter::write);
    }

    private static void write(JsonGenerator json, NewTransaction transaction) {
        json.writeStartObject();
        write(json, "transactionId", transaction.transactionId());
        json.writeStringProperty("kind", transaction.kind().name());
        json.writeStringProperty("state", transaction.state().name());
        write(json, "amount", transaction.amount());
        json.writeStringProperty("currency", transaction.currency());
        json.writeStringProperty("provider", transaction.provider());
        Json.writeOptional(json, "reference", transaction.reference());
        Json.writeOptional(json, "payment", transaction.payment());
        writeMethod(json, transaction.method());
        writeItems(json, transaction.items());
        write(json, "shippingAmount", transaction.shippingAmount());
        write(json, "allowance", transaction.allowance());
        write(json, "returnId", transaction.returnId());
        Json.writeOptional(json, "reason", transaction.reason());
        Json.writeOptional(json, "occurredAt", transaction.occurredAt());
        if (transaction.observed()) {
            json.writeBooleanProperty("observed", true);
        }
        Json.writeTexts(json, "metadata", transaction.metadata());
        Json.writeOptional(json, "failureReason", transaction.failureReason());
        json.writeEndObject();
    }

    private static void writeMethod(JsonGenerator json, @Nullable PaymentMethod method) {
        if (method != null) {
            json.writeObjectPropertyStart("method");
            json.writeStringProperty("type", method.type());
            Json.writeOptional(json, "brand", method.brand());
            Json.writeOptional(json, "last4", method.last4());
            json.writeEndObject();
        }
    }

    private static void writeItems(JsonGenerator json, List<TransactionItem> items) {
        if (!items.isEmpty()) {
            Json.writeArray(json, "items", items, TransactionWriter::writeItem);
        }
    }

    private static void writeItem(JsonGenerator json, TransactionItem item) {
        json.writeNumberProperty("lineNumber", item.lineNumber());
        write(json, "amount", item.amount());
    }

    private static void write(JsonGenerator json, String name, @Nullable Money amount) {
        if (amount != null) {
            json.writeNumberProperty(name, amount.minorUnits());
        }
    }

    private static void write(JsonGenerator json, String name, @Nullable UUID id) {
        if (id != null) {
            json.writeStringProperty(name, id.toString());
        }
    }
}
