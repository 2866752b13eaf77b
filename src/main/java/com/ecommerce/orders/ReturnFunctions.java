package com.ecommerce.orders;

import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.order.OrderFunctions;
import com.ecommerce.orders.postgres.Database;
import com.ecommerce.orders.postgres.PostgresReturns;
import com.ecommerce.orders.returns.CancelReturn;
import com.ecommerce.orders.returns.CloseReturn;
import com.ecommerce.orders.returns.CreateReturn;
import com.ecommerce.orders.returns.ReceiveReturn;
import com.ecommerce.orders.returns.Returns;
import java.util.function.Function;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;

/** Creates the functions of the package {@code returns} that write. */
final class ReturnFunctions {

    private ReturnFunctions() {}

    static Function<OrderRequest, OrderResponse> createReturn(SupplierContext context) {
        return new CreateReturn(returns(context), OrderFunctions.ledgerWrites(context));
    }

    static Function<OrderRequest, OrderResponse> receiveReturn(SupplierContext context) {
        return new ReceiveReturn(returns(context), OrderFunctions.ledgerWrites(context));
    }

    static Function<OrderRequest, OrderResponse> closeReturn(SupplierContext context) {
        return new CloseReturn(returns(context), OrderFunctions.ledgerWrites(context));
    }

    static Function<OrderRequest, OrderResponse> cancelReturn(SupplierContext context) {
        return new CancelReturn(returns(context), OrderFunctions.ledgerWrites(context));
    }

    private static Returns returns(SupplierContext context) {
        return new PostgresReturns(context.bean(Database.class));
    }
}
