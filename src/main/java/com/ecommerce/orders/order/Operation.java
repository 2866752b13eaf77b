package com.ecommerce.orders.order;

import com.ecommerce.orders.identity.Permission;
import java.util.Arrays;
import java.util.Optional;

/** The order operations: one function bean each. */
public enum Operation {
    CREATE("createOrder", Permission.WRITE_ORDERS),
    GET("getOrder", Permission.READ_ORDERS),
    LIST("listOrders", Permission.READ_ORDERS),
    UPDATE("updateOrder", Permission.WRITE_ORDERS),
    CONFIRM("confirmOrder", Permission.WRITE_ORDERS),
    COMPLETE("completeOrder", Permission.WRITE_ORDERS),
    CANCEL("cancelOrder", Permission.WRITE_ORDERS),
    EVENTS("listOrderEvents", Permission.READ_ORDERS);

    private final String bean;
    private final Permission permission;

    Operation(String bean, Permission permission) {
        this.bean = bean;
        this.permission = permission;
    }

    /** The name of the function bean. */
    public String bean() {
        return bean;
    }

    /** What a caller needs for it. */
    public Permission permission() {
        return permission;
    }

    /** Whether it changes orders. */
    public boolean isMutation() {
        return permission == Permission.WRITE_ORDERS;
    }

    /** Whether it is about one order that exists. */
    public boolean needsOrderId() {
        return this != CREATE && this != LIST;
    }

    /** The operation of that bean, if there is one. */
    public static Optional<Operation> ofBean(String bean) {
        return Arrays.stream(values())
                .filter(operation -> operation.bean.equals(bean))
                .findFirst();
    }
}
