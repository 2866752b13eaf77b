package com.ecommerce.orders.fulfillment;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The details of a fulfillment that may change at any time, mostly those of its carrier.
 *
 * @param trackingStatus the carrier's own words
 * @param estimatedDeliveryAt the expected time of the delivery, to the microsecond
 * @param location the place that the goods leave from
 * @param metadata the client's own notes by key; empty if there are none
 */
public record FulfillmentDetails(
        @Nullable String carrier,
        @Nullable String trackingNumber,
        @Nullable String trackingUrl,
        @Nullable String trackingStatus,
        @Nullable Instant estimatedDeliveryAt,
        @Nullable String location,
        Map<String, String> metadata) {

    /** No details. */
    public static final FulfillmentDetails NONE = new FulfillmentDetails(null, null, null, null, null, null, Map.of());

    public FulfillmentDetails {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }
}
