package com.ecommerce.orders.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.ecommerce.orders.client.api.EventsApi;
import com.ecommerce.orders.client.api.FulfillmentsApi;
import com.ecommerce.orders.client.api.OrdersApi;
import com.ecommerce.orders.client.api.PaymentsApi;
import com.ecommerce.orders.client.api.ReturnsApi;
import com.ecommerce.orders.client.model.Cancellation;
import com.ecommerce.orders.client.model.Event;
import com.ecommerce.orders.client.model.Fulfillment;
import com.ecommerce.orders.client.model.Order;
import com.ecommerce.orders.client.model.OrderEventPage;
import com.ecommerce.orders.client.model.OrderReturn;
import com.ecommerce.orders.client.model.Problem;
import com.ecommerce.orders.client.model.Transaction;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A newer version of the API may send values and members that this client does not know. */
class UnknownValuesTest {

    private final ScriptedServer server;
    private final ApiClient client;

    UnknownValuesTest() throws Exception {
        server = new ScriptedServer();
        client = server.client();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void readsAnUnknownTypeOfTheFeed() throws Exception {
        server.then(
                200,
                """
                {"data": [{"specversion": "1.0", "id": "019ab3c2-8d5e-7c31-9f0a-5b7d2e4c6a19", "source": "/tenants/acme",
                  "type": "orders.parcel.lost.v2", "position": "7", "weather": "rain", "data": {"weight": 3}}],
                 "nextCursor": "next", "more": {"than": ["today"]}}""");

        Event event = new EventsApi(client)
                .listEvents(null, null, null, null, null)
                .getData()
                .get(0);

        assertEquals("orders.parcel.lost.v2", event.getType());
        assertEquals("7", event.getPosition());
    }

    @Test
    void readsAnUnknownTypeOfAnOrdersEvent() throws Exception {
        server.then(
                200,
                """
                {"data": [{"seq": 1, "type": "PARCEL_LOST", "at": "2026-11-23T09:15:27Z", "by": "alice", "changes": {}}]}""");

        OrderEventPage page = new EventsApi(client).listOrderEvents(UUID.randomUUID(), null, null, null);

        assertEquals("PARCEL_LOST", page.getData().get(0).getType());
    }

    @Test
    void readsAnUnknownKindAndStateOfATransaction() throws Exception {
        server.then(
                200,
                """
                {"id": "019ab3c2-8d5e-7c31-9f0a-5b7d2e4c6a19", "orderId": "019ab3c2-8d5e-7c31-9f0a-5b7d2e4c6a18",
                 "kind": "TIP", "state": "ON_HOLD", "amount": 1, "currency": "USD", "provider": "stripe", "mood": "good",
                 "createdBy": "alice", "createdAt": "2026-11-23T09:15:27Z", "updatedAt": "2026-11-23T09:15:27Z"}""");

        Transaction transaction = new PaymentsApi(client).getTransaction(UUID.randomUUID(), UUID.randomUUID(), null);

        assertEquals("TIP", transaction.getKind());
        assertEquals("ON_HOLD", transaction.getState());
    }

    @Test
    void readsAnUnknownStatusOfAPayment() throws Exception {
        server.then(
                200, """
                {"payment": {"status": "PAID_LATER", "due": 5, "balance": -5, "tips": 1}}""");

        Order order = new OrdersApi(client).getOrder(UUID.randomUUID(), null, null);

        assertEquals("PAID_LATER", order.getPayment().getStatus());
        assertEquals(-5L, order.getPayment().getBalance());
    }

    @Test
    void readsAnUnknownStatusOfAShipment() throws Exception {
        server.then(
                200,
                """
                {"id": "019ab3c2-8d5e-7c31-9f0a-5b7d2e4c6a19", "orderId": "019ab3c2-8d5e-7c31-9f0a-5b7d2e4c6a18",
                 "status": "LOST", "items": [{"lineNumber": 1, "quantity": 1, "weight": 3}], "drone": true,
                 "createdBy": "alice", "createdAt": "2026-11-23T09:15:27Z", "updatedAt": "2026-11-23T09:15:27Z"}""");

        Fulfillment fulfillment =
                new FulfillmentsApi(client).getFulfillment(UUID.randomUUID(), UUID.randomUUID(), null);

        assertEquals("LOST", fulfillment.getStatus());
    }

    @Test
    void readsAnUnknownReasonStatusAndDisposition() throws Exception {
        server.then(
                200,
                """
                {"reason": "WEATHER", "credit": 5, "items": [{"lineNumber": 1, "quantity": 1, "credit": 5, "mood": "good"}]}""");
        server.then(
                200,
                """
                {"status": "IN_REPAIR", "credit": 0, "fee": 0,
                 "receipts": [{"items": [{"lineNumber": 1, "quantity": 1, "disposition": "REPAIR", "credit": 0, "fee": 0}]}]}""");
        server.then(200, """
                {"fulfillment": {"status": "ON_THE_MOON", "since": "today"}}""");

        Cancellation cancellation =
                new FulfillmentsApi(client).getCancellation(UUID.randomUUID(), UUID.randomUUID(), null);
        OrderReturn request = new ReturnsApi(client).getReturn(UUID.randomUUID(), UUID.randomUUID(), null);
        Order order = new OrdersApi(client).getOrder(UUID.randomUUID(), null, null);

        assertEquals("WEATHER", cancellation.getReason());
        assertEquals("IN_REPAIR", request.getStatus());
        assertEquals("REPAIR", request.getReceipts().get(0).getItems().get(0).getDisposition());
        assertEquals("ON_THE_MOON", order.getFulfillment().getStatus());
    }

    @Test
    void readsAnUnknownProblemCodeScopeAndViolation() throws Exception {
        server.then(
                403,
                """
                {"type": "/problems/weather", "title": "It rains", "status": 403, "detail": "Wait.", "instance": "/orders",
                 "code": "WEATHER", "requestId": "1", "retryable": false, "requiredScope": "weather:read", "sky": "gray",
                 "errors": [{"pointer": "/sky", "code": "TOO_GRAY", "detail": "The sky is gray."}]}""");

        ApiException refused =
                assertThrows(ApiException.class, () -> new OrdersApi(client).getOrder(UUID.randomUUID(), null, null));

        Problem problem = client.getObjectMapper().readValue(refused.getResponseBody(), Problem.class);
        assertEquals("WEATHER", problem.getCode());
        assertEquals("weather:read", problem.getRequiredScope());
        assertEquals("TOO_GRAY", problem.getErrors().get(0).getCode());
    }
}
