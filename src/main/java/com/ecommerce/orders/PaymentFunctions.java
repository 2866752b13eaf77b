package com.ecommerce.orders;

import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.order.OrderFunctions;
import com.ecommerce.orders.payment.FindTransactions;
import com.ecommerce.orders.payment.RecordTransaction;
import com.ecommerce.orders.payment.SettleTransaction;
import com.ecommerce.orders.payment.Transactions;
import com.ecommerce.orders.postgres.Database;
import com.ecommerce.orders.postgres.PostgresTransactions;
import java.util.function.Function;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;

/** Creates the functions of the package {@code payment} that write, or that search all orders. */
final class PaymentFunctions {

    private PaymentFunctions() {}

    static Function<OrderRequest, OrderResponse> recordTransaction(SupplierContext context) {
        return new RecordTransaction(transactions(context), OrderFunctions.ledgerWrites(context));
    }

    static Function<OrderRequest, OrderResponse> settleTransaction(SupplierContext context) {
        return new SettleTransaction(transactions(context), OrderFunctions.ledgerWrites(context));
    }

    static Function<OrderRequest, OrderResponse> findTransactions(SupplierContext context) {
        return new FindTransactions(transactions(context));
    }

    private static Transactions transactions(SupplierContext context) {
        return new PostgresTransactions(context.bean(Database.class));
    }
}
