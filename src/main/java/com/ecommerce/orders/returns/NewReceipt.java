package com.ecommerce.orders.returns;

import com.ecommerce.orders.operation.OperationInput;
import java.util.List;

/** The input of {@code receiveReturn}. */
public record NewReceipt(List<NewReceiptItem> items) implements OperationInput {

    public NewReceipt {
        items = List.copyOf(items);
    }
}
