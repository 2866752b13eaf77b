package com.ecommerce.orders.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tenants that are allowed.
 *
 * @param allowed the allowed values of the tenant claim; empty (the default) for all values
 * @param alias the tenants of this API by values of the tenant claim, as a JSON object; {@code null} (the default) for
 *     none
 */
public record TenantSettings(List<String> allowed, @Nullable String alias) {}
