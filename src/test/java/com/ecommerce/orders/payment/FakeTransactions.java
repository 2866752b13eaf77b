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
        return ledger.store(write, utf8(TransactionWriter.write(transaction)), View.Result.CREATED);
    }

    @Override
    public OrderResponse settle(Settlement settlement, LedgerWrite write) {
        return ledger.store(write, utf8("{\"state\":\"" + settlement.state() + "\"}"), View.Result.OK);
    }

    @Override
    public List<byte[]> findByReference(TenantId tenant, TransactionReference reference) {
        return ledger.all();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
