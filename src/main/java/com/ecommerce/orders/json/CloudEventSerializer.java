package com.ecommerce.orders.json;

import com.ecommerce.orders.event.EventSerializer;
import com.ecommerce.orders.event.EventTypes;
import com.ecommerce.orders.event.FeedEntry;
import com.ecommerce.orders.event.PublishedEvent;
import com.ecommerce.orders.event.RemovedEvent;
import com.ecommerce.orders.identity.TenantId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonGenerator;

/**
 * A writer of events as CloudEvents 1.0.2 in the JSON format. The framework's support for CloudEvents is not used, because
 * its ids differ from attempt to attempt.
 */
public final class CloudEventSerializer implements EventSerializer {

    private final EventTypes types;

    /** @param types the published names of the types */
    public CloudEventSerializer(EventTypes types) {
        this.types = types;
    }

    @Override
    public EventTypes types() {
        return types;
    }

    @Override
    public byte[] serialize(TenantId tenant, FeedEntry entry) {
        return Json.write(json -> {
            json.writeStartObject();
            if (entry instanceof PublishedEvent event) {
                write(json, tenant, event);
            } else {
                json.writeStringProperty("type", types.nameOf(RemovedEvent.TYPE));
                json.writeStringProperty("position", Long.toString(entry.position()));
            }
            json.writeEndObject();
        });
    }

    private void write(JsonGenerator json, TenantId tenant, PublishedEvent event) {
        json.writeStringProperty("specversion", "1.0");
        json.writeStringProperty("id", event.id().toString());
        json.writeStringProperty("source", "/tenants/" + percentEncode(tenant.value()));
        json.writeStringProperty("type", types.nameOf(event.type()));
        json.writeStringProperty("subject", event.orderId().toString());
        json.writeStringProperty("time", Json.format(event.time()));
        json.writeStringProperty("datacontenttype", "application/json");
        json.writeStringProperty("sequence", Integer.toString(event.seq()));
        json.writeStringProperty("position", Long.toString(event.position()));
        json.writeStringProperty("partitionkey", event.orderId().toString());
        json.writeName("data").writeRawValue(data(event));
    }

    /** Returns the stored data. If the reader asks for the changes, they are the last member. */
    private static String data(PublishedEvent event) {
        String data = event.data();
        return event.changes() == null
                ? data
                : data.substring(0, data.lastIndexOf('}')) + ",\"changes\":" + event.changes() + "}";
    }

    /** Encodes a segment of a path (RFC 3986, section 3.3). */
    private static String percentEncode(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
