package com.ecommerce.orders.operation;

import com.ecommerce.orders.pricing.Money;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One version of an order as JSON. The response to a retry has the same bytes as the first response.
 *
 * @param grandTotal the order's grand total; {@code null} if only the JSON is known
 * @param json UTF-8; must not be altered
 */
public record OrderDocument(OrderId id, int version, @Nullable Money grandTotal, byte[] json) {

    /** Returns the JSON as a string. */
    public String text() {
        return new String(json, StandardCharsets.UTF_8);
    }
}
