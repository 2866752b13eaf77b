package com.ecommerce.orders.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.testkit.ExactJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class AsyncApiTest {

    private static final String PLACED =
            """
            {"specversion": "1.0", "id": "019ab3c2-8d5e-7c31-9f0a-5b7d2e4c6a19", "source": "/tenants/acme",
             "type": "orders.order.placed.v1", "subject": "019ab3c2-8d5e-7c31-9f0a-5b7d2e4c6a18",
             "time": "2026-11-23T09:15:27.042813Z", "datacontenttype": "application/json", "sequence": "1",
             "position": "1041", "partitionkey": "019ab3c2-8d5e-7c31-9f0a-5b7d2e4c6a18",
             "data": {"orderId": "019ab3c2-8d5e-7c31-9f0a-5b7d2e4c6a18", "version": 1, "status": "PLACED",
                      "paymentStatus": "UNPAID", "fulfillmentStatus": "UNFULFILLED", "currency": "USD",
                      "grandTotal": 3412, "changed": ["currency", "items"]}}""";

    @Test
    void acceptsTheEventsOfTheDocument() {
        assertThat(AsyncApi.violations(placed())).isEmpty();
        assertThat(AsyncApi.violations(removed())).isEmpty();
    }

    @Test
    void rejectsAnUnknownType() {
        assertThat(AsyncApi.violations(placed().put("type", "orders.order.lost.v1")))
                .isNotEmpty();
    }

    @Test
    void rejectsAnEventThatLacksAMember() {
        for (String name : placed().propertyNames()) {
            ObjectNode event = placed();
            event.remove(name);
            assertThat(AsyncApi.violations(event)).as(name).isNotEmpty();
        }
    }

    @Test
    void rejectsMembersThatTheDocumentDoesNotHave() {
        ObjectNode data = placed();
        ((ObjectNode) data.get("data")).put("customer", "Ada");
        assertThat(AsyncApi.violations(data)).isNotEmpty();
        assertThat(AsyncApi.violations(placed().put("tenant", "acme"))).isNotEmpty();
        assertThat(AsyncApi.violations(removed().put("id", "019ab3c2-8d5e-7c31-9f0a-5b7d2e4c6a18")))
                .isNotEmpty();
    }

    @Test
    void rejectsValuesOfTheWrongForm() {
        ObjectNode total = placed();
        ((ObjectNode) total.get("data")).put("grandTotal", "3412");
        assertThat(AsyncApi.violations(total)).isNotEmpty();
        assertThat(AsyncApi.violations(placed().put("position", 1041))).isNotEmpty();
        assertThat(AsyncApi.violations(placed().put("specversion", "2.0"))).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "orders.transaction.recorded.v1, transaction",
        "orders.fulfillment.created.v1, fulfillment",
        "orders.items.cancelled.v1, cancellation",
        "orders.return.received.v1, return"
    })
    void rejectsAnEventOfALedgerWithoutItsEntry(String type, String entry) {
        ObjectNode event = placed().put("type", type);
        ObjectNode data = (ObjectNode) event.get("data");
        assertThat(AsyncApi.violations(event)).isNotEmpty();
        data.putArray("changed").add(entry);
        assertThat(AsyncApi.violations(event)).isEmpty();
        data.putObject("changes").put("note", "x");
        assertThat(AsyncApi.violations(event)).isNotEmpty();
    }

    @Test
    void rejectsDataWithoutTheStatusesOfTheLedgers() {
        for (String status : List.of("paymentStatus", "fulfillmentStatus")) {
            ObjectNode event = placed();
            ((ObjectNode) event.get("data")).remove(status);
            assertThat(AsyncApi.violations(event)).as(status).isNotEmpty();
        }
    }

    private static ObjectNode placed() {
        return (ObjectNode) ExactJson.read(PLACED.getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode removed() {
        return (ObjectNode) ExactJson.read(
                "{\"type\": \"orders.event.removed.v1\", \"position\": \"1042\"}".getBytes(StandardCharsets.UTF_8));
    }
}
