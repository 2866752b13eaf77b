package com.ecommerce.orders;

import com.ecommerce.orders.operation.Ledger;
import com.ecommerce.orders.operation.Operation;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.order.GetEntry;
import com.ecommerce.orders.order.ListEntries;
import com.ecommerce.orders.postgres.Database;
import com.ecommerce.orders.postgres.PostgresLedgerEntries;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;

/** Creates the functions that read the ledgers of orders. */
final class LedgerFunctions {

    private LedgerFunctions() {}

    static Function<OrderRequest, OrderResponse> getEntry(SupplierContext context, Operation operation) {
        return new GetEntry(new PostgresLedgerEntries(context.bean(Database.class)), ledger(operation));
    }

    static Function<OrderRequest, OrderResponse> listEntries(SupplierContext context, Operation operation) {
        return new ListEntries(new PostgresLedgerEntries(context.bean(Database.class)), ledger(operation));
    }

    private static Ledger ledger(Operation operation) {
        return Objects.requireNonNull(operation.ledger(), "The operation reads a ledger");
    }
}
