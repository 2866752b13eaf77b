package com.ecommerce.orders.json;

import com.ecommerce.orders.order.OrderDetails;
import com.ecommerce.orders.order.OrderPatch;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A JSON merge patch (RFC 7396) of an order. */
record MergePatch(JsonNode patch) implements OrderPatch {

    @Override
    public Set<String> fields() {
        return Set.copyOf(patch.propertyNames());
    }

    @Override
    public OrderDetails applyTo(OrderDetails details) {
        return OrderReader.readPatched(apply(JsonOrderSerializer.tree(details), patch), patch);
    }

    /** Returns the target after the patch (RFC 7396, section 2). */
    static JsonNode apply(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode result =
                target.isObject() ? ((ObjectNode) target).deepCopy() : JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> change : patch.properties()) {
            if (change.getValue().isNull()) {
                result.remove(change.getKey());
            } else {
                result.set(change.getKey(), apply(result.path(change.getKey()), change.getValue()));
            }
        }
        return result;
    }

    /** Returns the patch that turns {@code before} into {@code after}. */
    static ObjectNode between(JsonNode before, JsonNode after) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        Set<String> names = new TreeSet<>(before.propertyNames());
        names.addAll(after.propertyNames());
        for (String name : names) {
            JsonNode old = before.path(name);
            JsonNode now = after.path(name);
            if (now.isMissingNode()) {
                patch.putNull(name);
            } else if (old.isObject() && now.isObject() && !old.equals(now)) {
                patch.set(name, between(old, now));
            } else if (!old.equals(now)) {
                patch.set(name, now);
            }
        }
        return patch;
    }
}
