package com.ecommerce.orders.json;

import com.ecommerce.orders.returns.NewReceipt;
import com.ecommerce.orders.returns.NewReceiptItem;
import com.ecommerce.orders.returns.NewReturn;
import com.ecommerce.orders.returns.NewReturnItem;
import tools.jackson.core.JsonGenerator;

/** A writer of returns and receipts as JSON, with the names of the request's body. Members without a value are absent. */
public final class ReturnWriter {

    private ReturnWriter() {}

    /** Returns the return as JSON. */
    public static String write(NewReturn request) {
        return Json.text(request, ReturnWriter::write);
    }

    /** Returns the receipt as JSON. Each item has a fee. */
    public static String write(NewReceipt receipt) {
        return Json.text(receipt, ReturnWriter::write);
    }

    private static void write(JsonGenerator json, NewReturn request) {
        json.writeStartObject();
        Json.writeArray(json, "items", request.items(), ReturnWriter::writeItem);
        Json.writeOptional(json, "note", request.note());
        json.writeEndObject();
    }

    private static void writeItem(JsonGenerator json, NewReturnItem item) {
        json.writeNumberProperty("lineNumber", item.lineNumber());
        json.writeNumberProperty("quantity", item.quantity());
        Json.writeOptional(json, "reason", item.reason());
    }

    private static void write(JsonGenerator json, NewReceipt receipt) {
        json.writeStartObject();
        Json.writeArray(json, "items", receipt.items(), ReturnWriter::writeReceiptItem);
        json.writeEndObject();
    }

    private static void writeReceiptItem(JsonGenerator json, NewReceiptItem item) {
        json.writeNumberProperty("lineNumber", item.lineNumber());
        json.writeNumberProperty("quantity", item.quantity());
        json.writeStringProperty("disposition", item.disposition().name());
        json.writeNumberProperty("fee", item.fee().minorUnits());
    }
}
