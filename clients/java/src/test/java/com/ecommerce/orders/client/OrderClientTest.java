package com.ecommerce.orders.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ecommerce.orders.client.api.OrdersApi;
import com.ecommerce.orders.client.api.TransitionsApi;
import com.ecommerce.orders.client.model.CancelOrder;
import com.ecommerce.orders.client.model.CreateOrder;
import com.ecommerce.orders.client.model.DiscountInput;
import com.ecommerce.orders.client.model.ItemInput;
import com.ecommerce.orders.client.model.Order;
import com.ecommerce.orders.client.model.OrderPage;
import com.ecommerce.orders.client.model.OrderStatus;
import com.ecommerce.orders.client.model.PercentDiscountInput;
import com.ecommerce.orders.client.model.Problem;
import com.ecommerce.orders.client.model.UpdateOrder;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The generated client against the API that {@code ORDERS_URL} and {@code ORDERS_TOKEN} name. */
class OrderClientTest {

    private final ApiClient client = new ApiClient();
    private final OrdersApi orders;
    private final TransitionsApi transitions;

    OrderClientTest() {
        client.updateBaseUri(System.getenv("ORDERS_URL"));
        client.setRequestInterceptor(
                request -> request.header("Authorization", "Bearer " + System.getenv("ORDERS_TOKEN")));
        orders = new OrdersApi(client);
        transitions = new TransitionsApi(client);
    }

    @Test
    void makesReadsListsChangesAndCancelsAnOrder() throws Exception {
        String reference = "java-" + UUID.randomUUID();
        CreateOrder book = new CreateOrder()
                .externalRef(reference)
                .currency("EUR")
                .addItemsItem(
                        new ItemInput().sku("BOOK").quantity(2).unitPrice(1999L).taxRate("0.07"))
                .addDiscountsItem(new DiscountInput(new PercentDiscountInput().percent("10")))
                .expectedTotal(3850L);

        ApiResponse<Order> created = orders.createOrderWithHttpInfo(book, null, reference, null);
        Order order = created.getData();
        assertEquals(201, created.getStatusCode());
        assertEquals(List.of("\"1\""), created.getHeaders().get("etag"));
        assertEquals(OrderStatus.PLACED, order.getStatus());
        assertEquals(3850L, order.getTotals().getGrandTotal());
        assertEquals(3850L, order.getPayment().getDue());
        assertEquals(order, orders.createOrder(book, null, reference, null), "the same key, the same answer");

        assertEquals(order, orders.getOrder(order.getId(), null, null));

        OrderPage page = orders.listOrders(
                null,
                1,
                null,
                "-createdAt",
                Set.of(OrderStatus.PLACED, OrderStatus.CONFIRMED),
                Set.of("UNPAID"),
                Set.of("UNFULFILLED"),
                null,
                null,
                reference,
                null,
                null,
                null,
                null);
        assertEquals(List.of(order), page.getData());

        Order changed = orders.updateOrder(
                order.getId(), "\"1\"", new UpdateOrder().note("Please ring twice."), null, null, null);
        assertEquals("Please ring twice.", changed.getNote());
        assertEquals(order.getDiscounts(), changed.getDiscounts(), "what a patch does not name stays");

        Order cancelled =
                transitions.cancelOrder(order.getId(), null, null, null, null, new CancelOrder().reason("not needed"));
        assertEquals(OrderStatus.CANCELLED, cancelled.getStatus());
    }

    @Test
    void readsAProblem() throws Exception {
        ApiException refused = assertThrows(ApiException.class, () -> orders.getOrder(UUID.randomUUID(), null, null));

        assertEquals(404, refused.getCode());
        Problem problem = client.getObjectMapper().readValue(refused.getResponseBody(), Problem.class);
        assertEquals("NOT_FOUND", problem.getCode());
        assertTrue(problem.getDetail().contains("order"));
    }
}
