package com.ecommerce.orders;

import com.ecommerce.orders.fulfillment.CancelFulfillment;
import com.ecommerce.orders.fulfillment.CancelItems;
import com.ecommerce.orders.fulfillment.CreateFulfillment;
import com.ecommerce.orders.fulfillment.DeliverFulfillment;
import com.ecommerce.orders.fulfillment.Fulfillments;
import com.ecommerce.orders.fulfillment.UpdateFulfillment;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.order.OrderFunctions;
import com.ecommerce.orders.postgres.Database;
import com.ecommerce.orders.postgres.PostgresFulfillments;
import java.util.function.Function;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;

/** Creates the functions of the package {@code fulfillment} that write. */
final class FulfillmentFunctions {

    private FulfillmentFunctions() {}

    static Function<OrderRequest, OrderResponse> createFulfillment(SupplierContext context) {
        return new CreateFulfillment(fulfillments(context), OrderFunctions.ledgerWrites(context));
    }

    static Function<OrderRequest, OrderResponse> updateFulfillment(SupplierContext context) {
        return new UpdateFulfillment(fulfillments(context), OrderFunctions.ledgerWrites(context));
    }

    static Function<OrderRequest, OrderResponse> deliverFulfillment(SupplierContext context) {
        return new DeliverFulfillment(fulfillments(context), OrderFunctions.ledgerWrites(context));
    }

    static Function<OrderRequest, OrderResponse> cancelFulfillment(SupplierContext context) {
        return new CancelFulfillment(fulfillments(context), OrderFunctions.ledgerWrites(context));
    }

    static Function<OrderRequest, OrderResponse> cancelItems(SupplierContext context) {
        return new CancelItems(fulfillments(context), OrderFunctions.ledgerWrites(context));
    }

    private static Fulfillments fulfillments(SupplierContext context) {
        return new PostgresFulfillments(context.bean(Database.class));
    }
}
