package com.ecommerce.orders.order;

import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import java.time.Clock;
import java.util.function.Function;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;

/** Creates the functions of this package from the beans of a context. */
public final class OrderFunctions {

    private OrderFunctions() {}

    /** Creates the function {@code createOrder}. */
    public static Function<OrderRequest, OrderResponse> createOrder(SupplierContext context) {
        return new CreateOrder(
                context.bean(Orders.class),
                context.bean(OrderSerializer.class),
                context.bean(IdGenerator.class),
                context.bean(IdempotentWrites.class));
    }

    /** Creates the function {@code getOrder}. */
    public static Function<OrderRequest, OrderResponse> getOrder(SupplierContext context) {
        return new GetOrder(context.bean(Orders.class), context.bean(OrderSerializer.class), cache(context));
    }

    /** Creates the function {@code listOrders}. */
    public static Function<OrderRequest, OrderResponse> listOrders(SupplierContext context) {
        return new ListOrders(context.bean(Orders.class), context.bean(OrderSerializer.class));
    }

    /** Creates the function {@code updateOrder}. */
    public static Function<OrderRequest, OrderResponse> updateOrder(SupplierContext context) {
        return new UpdateOrder(context.bean(OptimisticUpdate.class));
    }

    /** Creates the function {@code confirmOrder}. */
    public static Function<OrderRequest, OrderResponse> confirmOrder(SupplierContext context) {
        return new ConfirmOrder(context.bean(OptimisticUpdate.class));
    }

    /** Creates the function {@code completeOrder}. */
    public static Function<OrderRequest, OrderResponse> completeOrder(SupplierContext context) {
        return new CompleteOrder(context.bean(OptimisticUpdate.class));
    }

    /** Creates the function {@code cancelOrder}. */
    public static Function<OrderRequest, OrderResponse> cancelOrder(SupplierContext context) {
        return new CancelOrder(context.bean(OptimisticUpdate.class));
    }

    /** Creates the function {@code listOrderEvents}. */
    public static Function<OrderRequest, OrderResponse> listOrderEvents(SupplierContext context) {
        return new ListOrderEvents(context.bean(Orders.class), context.bean(OrderSerializer.class));
    }

    /**
     * Creates the writes to ledgers, which the functions of other packages use. The writes are no bean, because Spring loads
     * the class of every bean at the start. All of them share the lock for each idempotency key.
     */
    public static LedgerWrites ledgerWrites(SupplierContext context) {
        return new LedgerWrites(
                context.bean(Clock.class),
                context.bean(IdGenerator.class),
                cache(context),
                context.bean(IdempotencyLock.class));
    }

    static DocumentCache cache(SupplierContext context) {
        DocumentCache cache = context.beanProvider(DocumentCache.class).getIfAvailable();
        return cache == null ? DocumentCache.NONE : cache;
    }
}
