package com.ecommerce.orders.returns;

import com.ecommerce.orders.operation.OperationInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The input of {@code createReturn}. */
public record NewReturn(List<NewReturnItem> items, @Nullable String note) implements OperationInput {

    public NewReturn {
        items = List.copyOf(items);
    }
}
