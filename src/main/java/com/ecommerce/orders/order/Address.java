package com.ecommerce.orders.order;

import org.jspecify.annotations.Nullable;

/**
 * A postal address.
 *
 * @param country the country code of ISO 3166-1 alpha-2
 */
public record Address(
        String name,
        String line1,
        @Nullable String line2,
        String city,
        @Nullable String region,
        String postalCode,
        String country) {}
