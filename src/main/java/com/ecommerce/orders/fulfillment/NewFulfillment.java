package com.ecommerce.orders.fulfillment;

import com.ecommerce.orders.operation.OperationInput;
import com.ecommerce.orders.order.Address;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The input of {@code createFulfillment}.
 *
 * @param items the units that leave; empty for all open units of the order
 * @param reference the warehouse's own id of the fulfillment; {@code null} if the client sends none
 * @param address the address of the delivery; {@code null} for the address of the order
 */
public record NewFulfillment(
        List<LineQuantity> items, @Nullable String reference, FulfillmentDetails details, @Nullable Address address)
        implements OperationInput {

    public NewFulfillment {
        items = List.copyOf(items);
    }
}
