package com.ecommerce.orders.order;

/** The one output of every order function: what became of the request. */
public sealed interface OrderResponse permits OrderView, OrderPage, OrderEvents, NotModified, OrderProblem {

    /** Handles every kind of response. */
    <T> T fold(Cases<T> cases);

    /** One method for each kind of response. */
    interface Cases<T> {

        T view(OrderView view);

        T page(OrderPage page);

        T events(OrderEvents events);

        T notModified(NotModified notModified);

        T problem(OrderProblem problem);
    }
}
