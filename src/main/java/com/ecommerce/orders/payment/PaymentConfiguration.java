package com.ecommerce.orders.payment;

import com.ecommerce.orders.operation.Operation;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.SecuredOperation;
import com.ecommerce.orders.order.LedgerWrites;
import java.util.List;
import java.util.function.Function;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.env.Environment;

/** Registers the functions of payments under their bean names. */
public final class PaymentConfiguration implements BeanRegistrar {

    private static final List<Operation> OPERATIONS = List.of(
            Operation.RECORD_TRANSACTION,
            Operation.SETTLE_TRANSACTION,
            Operation.GET_TRANSACTION,
            Operation.LIST_TRANSACTIONS,
            Operation.FIND_TRANSACTIONS);

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        ParameterizedTypeReference<Function<OrderRequest, OrderResponse>> function =
                new ParameterizedTypeReference<>() {};
        for (Operation operation : OPERATIONS) {
            registry.registerBean(operation.bean(), function, bean -> bean.lazyInit()
                    .supplier(context -> new SecuredOperation(operation, function(operation, context))));
        }
    }

    private static Function<OrderRequest, OrderResponse> function(Operation operation, SupplierContext context) {
        Transactions transactions = context.bean(Transactions.class);
        return switch (operation) {
            case RECORD_TRANSACTION -> new RecordTransaction(transactions, context.bean(LedgerWrites.class));
            case SETTLE_TRANSACTION -> new SettleTransaction(transactions, context.bean(LedgerWrites.class));
            case GET_TRANSACTION -> new GetTransaction(transactions);
            case LIST_TRANSACTIONS -> new ListTransactions(transactions);
            case FIND_TRANSACTIONS -> new FindTransactions(transactions);
            default -> throw new IllegalArgumentException("Another package has the function " + operation.bean());
        };
    }
}
