package com.ecommerce.orders.aws;

/** The ways in which AWS hands a request to a function. */
enum ApiKind {
    HTTP_API_2_0,
    HTTP_API_1_0,
    REST_API,
    /** A target group that has multi-value headers switched on. */
    LOAD_BALANCER
}
