package com.ecommerce.orders.aws;

/** The ways in which API Gateway hands a request to a function. */
enum ApiKind {
    HTTP_API_2_0,
    HTTP_API_1_0,
    REST_API
}
