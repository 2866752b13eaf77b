package com.ecommerce.orders.returns;

import com.ecommerce.orders.operation.OperationInput;
import java.util.List;

/** The input of {@code receiveReturn}. */
public record Receipt(List<ReceivedItem> items) implements OperationInput {

    public Receipt {
        items = List.copyOf(items);
    }
}
