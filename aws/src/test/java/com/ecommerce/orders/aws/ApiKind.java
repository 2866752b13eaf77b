package com.ecommerce.orders.aws;

/** The kinds of senders from which a function on AWS gets requests. */
enum ApiKind {
    HTTP_API_2_0,
    HTTP_API_1_0,
    REST_API,
    /** A load balancer whose target group has multi-value headers switched on. */
    LOAD_BALANCER
}
