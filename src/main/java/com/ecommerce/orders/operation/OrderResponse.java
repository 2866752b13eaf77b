package com.ecommerce.orders.operation;

/** The output of every order function. */
public sealed interface OrderResponse permits View, Page, NotModified, Problem {

    /** Handles every kind of response. */
    <T> T accept(Visitor<T> visitor);

    /**
     * One method for each kind of response.
     *
     * @param <T> the result of handling a response
     */
    interface Visitor<T> {

        T view(View view);

        T page(Page page);

        T notModified(NotModified notModified);

        T problem(Problem problem);
    }
}
