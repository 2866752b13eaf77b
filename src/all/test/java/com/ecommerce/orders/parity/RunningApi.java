package com.ecommerce.orders.parity;

import java.net.URI;

/**
 * A started artifact.
 *
 * @param uri the address of the artifact or of the gateway in front of it
 * @param process the process to close after the tests
 */
public record RunningApi(URI uri, AutoCloseable process) {}
