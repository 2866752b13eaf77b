package com.ecommerce.orders.order;

import com.ecommerce.orders.order.OrdersUnavailableException.Outcome;
import java.util.function.Function;

/** The order operations as functions. Each checks the caller's permission, runs its use case and returns a value. */
final class OrderFunctions {

    private final OrderService service;

    OrderFunctions(OrderService service) {
        this.service = service;
    }

    Function<OrderRequest, OrderResponse> of(Operation operation) {
        return request -> answer(operation, request);
    }

    private OrderResponse answer(Operation operation, OrderRequest request) {
        if (!request.caller().may(operation.permission())) {
            return OrderProblem.forbidden(operation.permission());
        }
        try {
            return useCase(operation, request);
        } catch (Refusal refusal) {
            return refusal.problem();
        } catch (TenantBusyException busy) {
            return OrderProblem.of(
                    OrderProblem.Code.TENANT_BUSY,
                    "Your tenant has too many requests under way. " + nothingStored(operation, request)
                            + "Send this one again in a second.");
        } catch (OrdersUnavailableException unavailable) {
            return OrderProblem.of(OrderProblem.Code.UNAVAILABLE, detail(unavailable, operation, request));
        }
    }

    private OrderResponse useCase(Operation operation, OrderRequest request) {
        return switch (operation) {
            case CREATE -> service.create(request);
            case GET -> service.get(request);
            case LIST -> service.list(request);
            case UPDATE -> service.update(request);
            case CONFIRM -> service.confirm(request);
            case COMPLETE -> service.complete(request);
            case CANCEL -> service.cancel(request);
            case EVENTS -> service.events(request);
        };
    }

    private static String nothingStored(Operation operation, OrderRequest request) {
        return changesSomething(operation, request) ? "Nothing was stored. " : "";
    }

    private static String detail(OrdersUnavailableException unavailable, Operation operation, OrderRequest request) {
        if (unavailable.outcome() == Outcome.NOT_STORED || !changesSomething(operation, request)) {
            return "The orders can't be reached right now. " + nothingStored(operation, request)
                    + "Send the request again in a moment.";
        }
        return "The orders can't be reached right now, and it is unknown whether this request was carried out. "
                + (request.idempotencyKey() == null
                        ? "Look before you repeat it. With an Idempotency-Key it is safe to repeat a request."
                        : "Send it again with the same Idempotency-Key: it is carried out once.");
    }

    private static boolean changesSomething(Operation operation, OrderRequest request) {
        return operation.isMutation() && !request.dryRun();
    }
}
