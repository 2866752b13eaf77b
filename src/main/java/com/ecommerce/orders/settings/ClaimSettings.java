package com.ecommerce.orders.settings;

import java.util.List;

/**
 * The claims that name the caller. Of each list, the first claim that a token has is used. Platforms have different
 * defaults.
 *
 * @param tenant the claims with the tenant
 * @param user the claims with the user
 * @param email the claims with the user's e-mail address
 * @param scopes the claims with the user's permissions
 */
public record ClaimSettings(List<String> tenant, List<String> user, List<String> email, List<String> scopes) {}
