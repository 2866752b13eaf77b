package com.ecommerce.orders;

import com.ecommerce.orders.event.EventTypes;
import com.ecommerce.orders.event.ListEvents;
import com.ecommerce.orders.json.CloudEventSerializer;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.postgres.Database;
import com.ecommerce.orders.postgres.PostgresEventFeed;
import com.ecommerce.orders.settings.OrdersSettings;
import java.util.function.Function;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;

/**
 * Creates the functions of the package {@code event} and the objects that only these functions need. Those objects are no
 * beans, because Spring loads the class of every bean at the start.
 */
final class EventFunctions {

    private EventFunctions() {}

    static Function<OrderRequest, OrderResponse> listEvents(SupplierContext context) {
        return new ListEvents(
                new PostgresEventFeed(context.bean(Database.class)),
                new CloudEventSerializer(new EventTypes(
                        context.bean(OrdersSettings.class).events().typePrefix())));
    }
}
