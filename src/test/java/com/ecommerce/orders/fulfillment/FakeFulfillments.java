package com.ecommerce.orders.fulfillment;

import com.ecommerce.orders.json.FulfillmentWriter;
import com.ecommerce.orders.operation.ETagCondition;
import com.ecommerce.orders.operation.EntryDocument;
import com.ecommerce.orders.operation.OrderProblem;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.View;
import com.ecommerce.orders.order.FakeLedger;
import com.ecommerce.orders.order.LedgerWrite;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The fulfillments and cancellations of one order in memory. They check no rule but {@code If-Match}.
 *
 * @param ledger stores the entries
 */
public record FakeFulfillments(FakeLedger ledger) implements Fulfillments {

    @Override
    public OrderResponse create(NewFulfillment fulfillment, LedgerWrite write) {
        return ledger.store(write, utf8(FulfillmentWriter.write(fulfillment)), View.Result.CREATED);
    }

    @Override
    public Optional<EntryDocument> findWithOrderVersion(LedgerWrite write) {
        return ledger.find(write.caller().tenant(), ledger.ledger(), write.order(), write.entryId())
                .map(entry ->
                        new EntryDocument(entry.order(), entry.ledger(), entry.id(), ledger.version(), entry.json()));
    }

    @Override
    public OrderResponse update(FulfillmentDetails details, LedgerWrite write) {
        ETagCondition ifMatch = write.ifMatch();
        return ifMatch == null || ifMatch.includes(ledger.version())
                ? ledger.store(write, utf8(FulfillmentWriter.write(details)), View.Result.OK)
                : new OrderProblem.StaleVersion(ledger.version());
    }

    @Override
    public OrderResponse deliver(LedgerWrite write) {
        return ledger.store(write, utf8("{\"status\":\"DELIVERED\"}"), View.Result.OK);
    }

    @Override
    public OrderResponse cancel(LedgerWrite write) {
        return ledger.store(write, utf8("{\"status\":\"CANCELLED\"}"), View.Result.OK);
    }

    @Override
    public OrderResponse cancelItems(ItemsCancellation cancellation, LedgerWrite write) {
        return ledger.store(write, utf8(FulfillmentWriter.write(cancellation)), View.Result.CREATED);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
