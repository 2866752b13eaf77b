package com.ecommerce.orders.payment;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.json.TransactionWriter;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.View;
import com.ecommerce.orders.order.FakeLedger;
import com.ecommerce.orders.order.LedgerWrite;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The transactions of one order in memory. They check no rule.
 *
 * @param ledger stores the transactions
 */
public record FakeTransactions(FakeLedger ledger) implements Transactions {

    @Override
    public OrderResponse record(NewTransaction transaction, LedgerWrite write) {
        return ledger.store(write, TransactionWriter.write(transaction), View.Result.CREATED);
    }

    @Override
    public OrderResponse settle(Settlement settlement, LedgerWrite write) {
        byte[] json = ("{\"state\":\"" + settlement.state() + "\"}").getBytes(StandardCharsets.UTF_8);
        return ledger.store(write, json, View.Result.OK);
    }

    @Override
    public List<byte[]> findByReference(TenantId tenant, TransactionReference reference) {
        return ledger.all();
    }
}
