package com.ecommerce.orders.settings;

/** The part of the system that verifies the credential. */
public enum IdentityMode {
    /** The API verifies a token. */
    JWT,
    /** The platform's gateway verifies the credential and sends the claims to the API. */
    GATEWAY
}
