package com.ecommerce.orders.operation;

import com.ecommerce.orders.identity.Permission;
import java.util.Arrays;
import java.util.Optional;

/** The table of all operations. Each is one function bean, and one class of the same name. */
public enum Operation {
    CREATE_ORDER("createOrder", Permission.WRITE_ORDERS, Kind.MUTATION, Target.ALL_ORDERS),
    GET_ORDER("getOrder", Permission.READ_ORDERS, Kind.READ, Target.ONE_ORDER),
    LIST_ORDERS("listOrders", Permission.READ_ORDERS, Kind.READ, Target.ALL_ORDERS),
    UPDATE_ORDER("updateOrder", Permission.WRITE_ORDERS, Kind.MUTATION, Target.ONE_ORDER),
    CONFIRM_ORDER("confirmOrder", Permission.WRITE_ORDERS, Kind.MUTATION, Target.ONE_ORDER),
    COMPLETE_ORDER("completeOrder", Permission.WRITE_ORDERS, Kind.MUTATION, Target.ONE_ORDER),
    CANCEL_ORDER("cancelOrder", Permission.WRITE_ORDERS, Kind.MUTATION, Target.ONE_ORDER),
    LIST_ORDER_EVENTS("listOrderEvents", Permission.READ_ORDERS, Kind.READ, Target.ONE_ORDER),
    LIST_EVENTS("listEvents", Permission.READ_ORDERS, Kind.READ, Target.ALL_ORDERS);

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
        return kind == Kind.MUTATION;
    }

    /** Tells whether the operation is about one order, which the request must name. */
    public boolean needsOrderId() {
        return target == Target.ONE_ORDER;
    }

    /** Returns the operation whose function bean has this name, if there is one. */
    public static Optional<Operation> ofBean(String bean) {
        return Arrays.stream(values())
                .filter(operation -> operation.bean.equals(bean))
                .findFirst();
    }

    private enum Kind {
        READ,
        MUTATION
    }

    private enum Target {
        ONE_ORDER,
        ALL_ORDERS
    }
}
