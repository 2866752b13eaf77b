package com.ecommerce.orders.operation;

import com.ecommerce.orders.pricing.Money;
import org.jspecify.annotations.Nullable;

/**
 * One version of an order as JSON.
 *
 * @param grandTotal the order's grand total; {@code null} if only the JSON is known
 * @param json UTF-8; must not be altered
 */
public record OrderDocument(OrderId id, int version, @Nullable Money grandTotal, byte[] json) implements Document {}
