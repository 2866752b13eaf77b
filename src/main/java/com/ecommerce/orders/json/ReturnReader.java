package com.ecommerce.orders.json;

import com.ecommerce.orders.operation.ProblemException;
import com.ecommerce.orders.pricing.Money;
import com.ecommerce.orders.returns.Disposition;
import com.ecommerce.orders.returns.NewReceipt;
import com.ecommerce.orders.returns.NewReceiptItem;
import com.ecommerce.orders.returns.NewReturn;
import com.ecommerce.orders.returns.NewReturnItem;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A reader of the JSON body of an operation on returns. It reports all rules that the body breaks together. */
final class ReturnReader {

    private static final Set<String> SERVER_MADE = Set.of(
            "id",
            "orderId",
            "status",
            "credit",
            "fee",
            "receipts",
            "createdBy",
            "createdByEmail",
            "createdAt",
            "updatedAt");
    private static final Set<String> SERVER_MADE_IN_RECEIPT = Set.of("id", "createdBy", "createdByEmail", "createdAt");

    private ReturnReader() {}

    /** @throws ProblemException if the body breaks any rule */
    static NewReturn readNew(JsonNode body) {
        JsonObjectReader fields = JsonObjectReader.of(body);
        List<NewReturnItem> items = LedgerFields.items(fields, true, ReturnReader::readItem);
        String note = LedgerFields.freeText(fields, "note");
        fields.finish(SERVER_MADE);
        return new NewReturn(Objects.requireNonNull(items), note);
    }

    private static @Nullable NewReturnItem readItem(JsonObjectReader item, @Nullable Integer line) {
        Integer quantity = LedgerFields.quantity(item);
        String reason = LedgerFields.freeText(item, "reason");
        return line == null || quantity == null ? null : new NewReturnItem(line, quantity, reason);
    }

    /** @throws ProblemException if the body breaks any rule */
    static NewReceipt readReceipt(JsonNode body) {
        JsonObjectReader fields = JsonObjectReader.of(body);
        List<NewReceiptItem> items = LedgerFields.items(fields, true, ReturnReader::readReceiptItem);
        fields.finish(SERVER_MADE_IN_RECEIPT);
        return new NewReceipt(Objects.requireNonNull(items));
    }

    private static @Nullable NewReceiptItem readReceiptItem(JsonObjectReader item, @Nullable Integer line) {
        Integer quantity = LedgerFields.quantity(item);
        Disposition disposition = item.constant("disposition", true, Disposition.class);
        Money fee = item.money("fee");
        return line == null || quantity == null || disposition == null
                ? null
                : new NewReceiptItem(line, quantity, disposition, fee == null ? new Money(0) : fee);
    }
}
