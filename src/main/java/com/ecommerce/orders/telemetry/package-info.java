/**
 * Metrics and traces for a collector that speaks OTLP over HTTP. Off unless {@code ORDERS_TELEMETRY_ENDPOINT} names
 * one, and then nothing of it is loaded.
 */
@NullMarked
package com.ecommerce.orders.telemetry;

import org.jspecify.annotations.NullMarked;
