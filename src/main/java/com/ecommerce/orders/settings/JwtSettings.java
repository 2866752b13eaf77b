package com.ecommerce.orders.settings;

import org.jspecify.annotations.Nullable;

/**
 * The tokens that are accepted.
 *
 * @param issuer the claim {@code iss}; {@code null} (the default) in gateway mode
 * @param audience the claim {@code aud} or {@code client_id}; {@code null} (the default) in gateway mode
 * @param jwkSetUri the address of the issuer's keys; {@code null} (the default) if they are in {@code jwkSet}
 * @param jwkSet the issuer's keys themselves; {@code null} (the default) if they are fetched
 */
public record JwtSettings(
        @Nullable String issuer, @Nullable String audience, @Nullable String jwkSetUri, @Nullable String jwkSet) {}
