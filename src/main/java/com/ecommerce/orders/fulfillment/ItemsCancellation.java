package com.ecommerce.orders.fulfillment;

import com.ecommerce.orders.operation.OperationInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The input of {@code cancelItems}.
 *
 * @param items the open units that are canceled
 */
public record ItemsCancellation(List<LineQuantity> items, CancellationReason reason, @Nullable String note)
        implements OperationInput {

    public ItemsCancellation {
        items = List.copyOf(items);
    }
}
