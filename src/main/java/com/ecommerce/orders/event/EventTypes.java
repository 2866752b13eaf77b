package com.ecommerce.orders.event;

import com.ecommerce.orders.order.OrderEvent;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The published names of the types of events: the stored type {@code ORDER_PLACED} has the name
 * {@code orders.order.placed.v1}. The last part of a name is the version of the event's data.
 *
 * @param prefix the first part of all names
 */
public record EventTypes(String prefix) {

    /** Returns the name of a stored type. A newer version of the API may store types that this version does not know. */
    public String nameOf(String storedType) {
        return prefix + "." + storedType.toLowerCase(Locale.ROOT).replaceFirst("_", ".") + ".v1";
    }

    /** Returns all stored types that this version knows, by their names. */
    Map<String, String> storedTypes() {
        Map<String, String> types = new TreeMap<>();
        for (OrderEvent.Type type : OrderEvent.Type.values()) {
            types.put(nameOf(type.name()), type.name());
        }
        types.put(nameOf(RemovedEvent.TYPE), RemovedEvent.TYPE);
        return types;
    }
}
