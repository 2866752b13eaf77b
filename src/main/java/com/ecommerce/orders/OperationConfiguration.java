package com.ecommerce.orders;

import com.ecommerce.orders.operation.Operation;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.SecuredOperation;
import com.ecommerce.orders.order.OrderFunctions;
import java.util.function.Function;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.env.Environment;

/**
 * Registers the function of each operation under the name of its bean.
 *
 * <p>A function is created when it is first looked up. Java loads a class such as {@link EventFunctions} when one of its
 * methods is first called. So a cold start loads only the classes of the operation that the first request calls.
 */
public final class OperationConfiguration implements BeanRegistrar {

    private static final ParameterizedTypeReference<Function<OrderRequest, OrderResponse>> FUNCTION =
            new ParameterizedTypeReference<>() {};

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        for (Operation operation : Operation.values()) {
            registry.registerBean(operation.bean(), FUNCTION, bean -> bean.lazyInit()
                    .supplier(context -> new SecuredOperation(operation, function(operation, context))));
        }
    }

    /** Creates the function of an operation. This method is the table of operations and functions. */
    private static Function<OrderRequest, OrderResponse> function(Operation operation, SupplierContext context) {
        return switch (operation) {
            case CREATE_ORDER -> OrderFunctions.createOrder(context);
            case GET_ORDER -> OrderFunctions.getOrder(context);
            case LIST_ORDERS -> OrderFunctions.listOrders(context);
            case UPDATE_ORDER -> OrderFunctions.updateOrder(context);
            case CONFIRM_ORDER -> OrderFunctions.confirmOrder(context);
            case COMPLETE_ORDER -> OrderFunctions.completeOrder(context);
            case CANCEL_ORDER -> OrderFunctions.cancelOrder(context);
            case LIST_ORDER_EVENTS -> OrderFunctions.listOrderEvents(context);
            case LIST_EVENTS -> EventFunctions.listEvents(context);
            case GET_TRANSACTION, GET_FULFILLMENT, GET_CANCELLATION, GET_RETURN ->
                LedgerFunctions.getEntry(context, operation);
            case LIST_TRANSACTIONS, LIST_FULFILLMENTS, LIST_CANCELLATIONS, LIST_RETURNS ->
                LedgerFunctions.listEntries(context, operation);
            case RECORD_TRANSACTION -> PaymentFunctions.recordTransaction(context);
            case SETTLE_TRANSACTION -> PaymentFunctions.settleTransaction(context);
            case FIND_TRANSACTIONS -> PaymentFunctions.findTransactions(context);
            case CREATE_FULFILLMENT -> FulfillmentFunctions.createFulfillment(context);
            case UPDATE_FULFILLMENT -> FulfillmentFunctions.updateFulfillment(context);
            case DELIVER_FULFILLMENT -> FulfillmentFunctions.deliverFulfillment(context);
            case CANCEL_FULFILLMENT -> FulfillmentFunctions.cancelFulfillment(context);
            case CANCEL_ITEMS -> FulfillmentFunctions.cancelItems(context);
            case CREATE_RETURN -> ReturnFunctions.createReturn(context);
            case RECEIVE_RETURN -> ReturnFunctions.receiveReturn(context);
            case CLOSE_RETURN -> ReturnFunctions.closeReturn(context);
            case CANCEL_RETURN -> ReturnFunctions.cancelReturn(context);
        };
    }
}
