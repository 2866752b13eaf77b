package com.ecommerce.orders.order;

import com.ecommerce.orders.pricing.Money;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One version of an order, written down as it is answered. What a retry is answered is this very text.
 *
 * @param grandTotal what the order costs, {@code null} where only the text is known
 * @param json UTF-8; must not be altered
 */
public record OrderDocument(OrderId id, int version, @Nullable Money grandTotal, byte[] json) {

    /** The document as text. */
    public String text() {
        return new String(json, StandardCharsets.UTF_8);
    }
}
