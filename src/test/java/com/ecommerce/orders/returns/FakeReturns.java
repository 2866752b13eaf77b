package com.ecommerce.orders.returns;

import com.ecommerce.orders.json.ReturnWriter;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.View;
import com.ecommerce.orders.order.FakeLedger;
import com.ecommerce.orders.order.LedgerWrite;
import java.nio.charset.StandardCharsets;

/**
 * The returns of one order in memory. They check no rule.
 *
 * @param ledger stores the returns
 */
public record FakeReturns(FakeLedger ledger) implements Returns {

    @Override
    public OrderResponse create(NewReturn request, LedgerWrite write) {
        return store(write, ReturnWriter.write(request), View.Result.CREATED);
    }

    @Override
    public OrderResponse receive(NewReceipt receipt, LedgerWrite write) {
        return store(write, ReturnWriter.write(receipt), View.Result.OK);
    }

    @Override
    public OrderResponse close(LedgerWrite write) {
        return store(write, "{\"status\":\"CLOSED\"}", View.Result.OK);
    }

    @Override
    public OrderResponse cancel(LedgerWrite write) {
        return store(write, "{\"status\":\"CANCELLED\"}", View.Result.OK);
    }

    private OrderResponse store(LedgerWrite write, String json, View.Result result) {
        return ledger.store(write, json.getBytes(StandardCharsets.UTF_8), result);
    }
}
