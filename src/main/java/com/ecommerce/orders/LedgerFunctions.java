package com.ecommerce.orders;

import com.ecommerce.orders.operation.Ledger;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.order.GetEntry;
import com.ecommerce.orders.order.ListEntries;
import com.ecommerce.orders.postgres.Database;
import com.ecommerce.orders.postgres.PostgresLedgerEntries;
import java.util.function.Function;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;

/** Creates the functions that read the ledgers of orders. */
final class LedgerFunctions {

    private LedgerFunctions() {}

    static Function<OrderRequest, OrderResponse> getEntry(SupplierContext context, Ledger ledger) {
        return new GetEntry(new PostgresLedgerEntries(context.bean(Database.class)), ledger);
    }

    static Function<OrderRequest, OrderResponse> listEntries(SupplierContext context, Ledger ledger) {
        return new ListEntries(new PostgresLedgerEntries(context.bean(Database.class)), ledger);
    }
}
