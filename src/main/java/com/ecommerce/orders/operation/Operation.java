package com.ecommerce.orders.operation;

import com.ecommerce.orders.identity.Permission;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of all operations. Each is one function bean, and one class of the same name. */
public enum Operation {
    CREATE_ORDER("createOrder", Permission.WRITE_ORDERS, Kind.CHANGE_WITH_BODY, Target.ALL_ORDERS),
    GET_ORDER("getOrder", Permission.READ_ORDERS, Kind.READ, Target.ONE_ORDER),
    LIST_ORDERS("listOrders", Permission.READ_ORDERS, Kind.READ, Target.ALL_ORDERS),
    UPDATE_ORDER("updateOrder", Permission.WRITE_ORDERS, Kind.CHANGE_WITH_BODY, Target.ONE_ORDER),
    CONFIRM_ORDER("confirmOrder", Permission.WRITE_ORDERS, Kind.CHANGE_WITHOUT_BODY, Target.ONE_ORDER),
    COMPLETE_ORDER("completeOrder", Permission.WRITE_ORDERS, Kind.CHANGE_WITHOUT_BODY, Target.ONE_ORDER),
    CANCEL_ORDER("cancelOrder", Permission.WRITE_ORDERS, Kind.CHANGE_WITH_BODY, Target.ONE_ORDER),
    LIST_ORDER_EVENTS("listOrderEvents", Permission.READ_ORDERS, Kind.READ, Target.ONE_ORDER),
    LIST_EVENTS("listEvents", Permission.READ_ORDERS, Kind.READ, Target.ALL_ORDERS),
    RECORD_TRANSACTION("recordTransaction", Permission.WRITE_PAYMENTS, Kind.CHANGE_WITH_BODY, Target.ONE_ORDER),
    SETTLE_TRANSACTION("settleTransaction", Permission.WRITE_PAYMENTS, Kind.CHANGE_WITH_BODY, Target.ONE_TRANSACTION),
    GET_TRANSACTION("getTransaction", Permission.READ_ORDERS, Kind.READ, Target.ONE_TRANSACTION),
    LIST_TRANSACTIONS("listTransactions", Permission.READ_ORDERS, Kind.READ, Target.TRANSACTIONS),
    FIND_TRANSACTIONS("findTransactions", Permission.READ_ORDERS, Kind.READ, Target.ALL_ORDERS),
    CREATE_FULFILLMENT("createFulfillment", Permission.WRITE_FULFILLMENTS, Kind.CHANGE_WITH_BODY, Target.ONE_ORDER),
    UPDATE_FULFILLMENT(
            "updateFulfillment", Permission.WRITE_FULFILLMENTS, Kind.CHANGE_WITH_BODY, Target.ONE_FULFILLMENT),
    DELIVER_FULFILLMENT(
            "deliverFulfillment", Permission.WRITE_FULFILLMENTS, Kind.CHANGE_WITHOUT_BODY, Target.ONE_FULFILLMENT),
    CANCEL_FULFILLMENT(
            "cancelFulfillment", Permission.WRITE_FULFILLMENTS, Kind.CHANGE_WITHOUT_BODY, Target.ONE_FULFILLMENT),
    GET_FULFILLMENT("getFulfillment", Permission.READ_ORDERS, Kind.READ, Target.ONE_FULFILLMENT),
    LIST_FULFILLMENTS("listFulfillments", Permission.READ_ORDERS, Kind.READ, Target.FULFILLMENTS),
    CANCEL_ITEMS("cancelItems", Permission.WRITE_FULFILLMENTS, Kind.CHANGE_WITH_BODY, Target.ONE_ORDER),
    GET_CANCELLATION("getCancellation", Permission.READ_ORDERS, Kind.READ, Target.ONE_CANCELLATION),
    LIST_CANCELLATIONS("listCancellations", Permission.READ_ORDERS, Kind.READ, Target.CANCELLATIONS),
    CREATE_RETURN("createReturn", Permission.WRITE_FULFILLMENTS, Kind.CHANGE_WITH_BODY, Target.ONE_ORDER),
    RECEIVE_RETURN("receiveReturn", Permission.WRITE_FULFILLMENTS, Kind.CHANGE_WITH_BODY, Target.ONE_RETURN),
    CLOSE_RETURN("closeReturn", Permission.WRITE_FULFILLMENTS, Kind.CHANGE_WITHOUT_BODY, Target.ONE_RETURN),
    CANCEL_RETURN("cancelReturn", Permission.WRITE_FULFILLMENTS, Kind.CHANGE_WITHOUT_BODY, Target.ONE_RETURN),
    GET_RETURN("getReturn", Permission.READ_ORDERS, Kind.READ, Target.ONE_RETURN),
    LIST_RETURNS("listReturns", Permission.READ_ORDERS, Kind.READ, Target.RETURNS);

    private final String bean;
    private final Permission permission;
    private final Kind kind;
    private final Target target;

    Operation(String bean, Permission permission, Kind kind, Target target) {
        this.bean = bean;
        this.permission = permission;
        this.kind = kind;
        this.target = target;
    }

    /** Returns the name of the function bean. */
    public String bean() {
        return bean;
    }

    /** Returns the permission that a caller needs. */
    public Permission permission() {
        return permission;
    }

    /** Tells whether the operation changes orders. */
    public boolean isMutation() {
        return kind != Kind.READ;
    }

    /** Tells whether the operation reads the body of its request. */
    public boolean takesBody() {
        return kind == Kind.CHANGE_WITH_BODY;
    }

    /** Tells whether the operation is about one order, which the request must name. */
    public boolean needsOrderId() {
        return target != Target.ALL_ORDERS;
    }

    /** Returns the ledger that the operation lists, or that has its entry; {@code null} if there is no such ledger. */
    public @Nullable Ledger ledger() {
        return target.ledger;
    }

    /**
     * Returns the path variable that holds the id of an entry of the ledger, such as {@code transactionId}; {@code null} if
     * the operation is not about one entry.
     */
    public @Nullable String entryVariable() {
        return target.entryVariable;
    }

    /** Returns the operation whose function bean has this name, if there is one. */
    public static Optional<Operation> ofBean(String bean) {
        return Arrays.stream(values())
                .filter(operation -> operation.bean.equals(bean))
                .findFirst();
    }

    private enum Kind {
        READ,
        CHANGE_WITH_BODY,
        CHANGE_WITHOUT_BODY
    }

    private enum Target {
        ALL_ORDERS,
        ONE_ORDER,
        TRANSACTIONS(Ledger.TRANSACTIONS),
        ONE_TRANSACTION(Ledger.TRANSACTIONS, "transactionId"),
        FULFILLMENTS(Ledger.FULFILLMENTS),
        ONE_FULFILLMENT(Ledger.FULFILLMENTS, "fulfillmentId"),
        CANCELLATIONS(Ledger.CANCELLATIONS),
        ONE_CANCELLATION(Ledger.CANCELLATIONS, "cancellationId"),
        RETURNS(Ledger.RETURNS),
        ONE_RETURN(Ledger.RETURNS, "returnId");

        private final @Nullable Ledger ledger;
        private final @Nullable String entryVariable;

        Target() {
            this.ledger = null;
            this.entryVariable = null;
        }

        Target(Ledger all) {
            this.ledger = all;
            this.entryVariable = null;
        }

        Target(Ledger ledger, String entryVariable) {
            this.ledger = ledger;
            this.entryVariable = entryVariable;
        }
    }
}
