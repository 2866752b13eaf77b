package com.ecommerce.orders;

import com.ecommerce.orders.operation.Ledger;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.order.GetEntry;
import com.ecommerce.orders.order.LedgerEntries;
import com.ecommerce.orders.order.ListEntries;
import com.ecommerce.orders.order.OrderFunctions;
import com.ecommerce.orders.payment.FindTransactions;
import com.ecommerce.orders.payment.RecordTransaction;
import com.ecommerce.orders.payment.SettleTransaction;
import com.ecommerce.orders.payment.Transactions;
import com.ecommerce.orders.postgres.Database;
import com.ecommerce.orders.postgres.PostgresLedgerEntries;
import com.ecommerce.orders.postgres.PostgresTransactions;
import java.util.function.Function;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;

/** Creates the functions of the package {@code payment}. */
final class PaymentFunctions {

    private PaymentFunctions() {}

    static Function<OrderRequest, OrderResponse> recordTransaction(SupplierContext context) {
        return new RecordTransaction(transactions(context), OrderFunctions.ledgerWrites(context));
    }

    static Function<OrderRequest, OrderResponse> settleTransaction(SupplierContext context) {
        return new SettleTransaction(transactions(context), OrderFunctions.ledgerWrites(context));
    }

    static Function<OrderRequest, OrderResponse> getTransaction(SupplierContext context) {
        return new GetEntry(entries(context), Ledger.TRANSACTIONS);
    }

    static Function<OrderRequest, OrderResponse> listTransactions(SupplierContext context) {
        return new ListEntries(entries(context), Ledger.TRANSACTIONS);
    }

    static Function<OrderRequest, OrderResponse> findTransactions(SupplierContext context) {
        return new FindTransactions(transactions(context));
    }

    private static LedgerEntries entries(SupplierContext context) {
        return new PostgresLedgerEntries(context.bean(Database.class));
    }

    private static Transactions transactions(SupplierContext context) {
        return new PostgresTransactions(context.bean(Database.class));
    }
}
