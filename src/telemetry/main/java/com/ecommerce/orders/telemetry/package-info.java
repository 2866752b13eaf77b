/**
 * Metrics and traces for a collector that speaks OTLP over HTTP. An optional feature: an artifact has it if it is built
 * with {@code -Ptelemetry}. It is off unless {@code ORDERS_TELEMETRY_ENDPOINT} names a collector.
 */
@NullMarked
package com.ecommerce.orders.telemetry;

import org.jspecify.annotations.NullMarked;
