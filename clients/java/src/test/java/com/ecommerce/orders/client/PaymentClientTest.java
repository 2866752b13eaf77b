package com.ecommerce.orders.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.ecommerce.orders.client.api.OrdersApi;
import com.ecommerce.orders.client.api.PaymentsApi;
import com.ecommerce.orders.client.model.CreateOrder;
import com.ecommerce.orders.client.model.ItemInput;
import com.ecommerce.orders.client.model.NewTransaction;
import com.ecommerce.orders.client.model.NewTransaction.KindEnum;
import com.ecommerce.orders.client.model.Payment;
import com.ecommerce.orders.client.model.Problem;
import com.ecommerce.orders.client.model.Settlement;
import com.ecommerce.orders.client.model.Transaction;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Records payments with the generated client, on the API that {@code ORDERS_URL} and {@code ORDERS_TOKEN} name. */
class PaymentClientTest {

    private final ApiClient client = new ApiClient();
    private final OrdersApi orders;
    private final PaymentsApi payments;
    private final UUID order;

    PaymentClientTest() throws Exception {
        client.updateBaseUri(System.getenv("ORDERS_URL"));
        client.setRequestInterceptor(
                request -> request.header("Authorization", "Bearer " + System.getenv("ORDERS_TOKEN")));
        orders = new OrdersApi(client);
        payments = new PaymentsApi(client);
        CreateOrder book = new CreateOrder()
                .currency("EUR")
                .addItemsItem(new ItemInput().sku("BOOK").quantity(1).unitPrice(1000L));
        order = orders.createOrder(book, null, null, null).getId();
    }

    @Test
    void recordsAFactOnce() throws Exception {
        NewTransaction sale = entry(KindEnum.SALE, 1000L).reference("ch-" + order);

        ApiResponse<Transaction> first = payments.recordTransactionWithHttpInfo(order, sale, null, null, null, null);
        ApiResponse<Transaction> again = payments.recordTransactionWithHttpInfo(order, sale, null, null, null, null);

        assertEquals(201, first.getStatusCode());
        assertEquals(List.of("\"2\""), first.getHeaders().get("order-etag"));
        assertEquals(200, again.getStatusCode());
        assertEquals(first.getData(), again.getData());
        assertEquals(
                List.of(first.getData()),
                payments.findTransactions("stripe", "ch-" + order, null).getData());
        assertEquals("PAID", payment().getStatus());
    }

    @Test
    void refundsSafely() throws Exception {
        record(entry(KindEnum.SALE, 1000L).reference("ch-" + order));
        NewTransaction refund = entry(KindEnum.REFUND, 400L).state(NewTransaction.StateEnum.PENDING);
        UUID entry = record(refund).getId();
        assertEquals(600L, payment().getRefundable());

        // Here the program calls the provider, with the entry's id as idempotency key.
        Settlement succeeded =
                new Settlement().state(Settlement.StateEnum.SUCCEEDED).reference("re-" + order);
        Transaction settled = payments.settleTransaction(order, entry, succeeded, null, null, null, null);

        assertEquals("SUCCEEDED", settled.getState());
        assertEquals(settled, payments.getTransaction(order, entry, null));
        assertEquals(
                2, payments.listTransactions(order, null, null, null).getData().size());
        assertEquals("PARTIALLY_REFUNDED", payment().getStatus());
    }

    @Test
    void readsHowMuchIsAvailable() throws Exception {
        record(entry(KindEnum.SALE, 1000L).reference("ch-" + order));

        ApiException refused = assertThrows(
                ApiException.class, () -> record(entry(KindEnum.REFUND, 1001L).reference("re-" + order)));

        Problem problem = client.getObjectMapper().readValue(refused.getResponseBody(), Problem.class);
        assertEquals("AMOUNT_EXCEEDED", problem.getCode());
        assertEquals(1000L, problem.getAvailable());
    }

    private Transaction record(NewTransaction transaction) throws ApiException {
        return payments.recordTransaction(order, transaction, null, null, null, null);
    }

    private Payment payment() throws ApiException {
        return orders.getOrder(order, null, null).getPayment();
    }

    private static NewTransaction entry(KindEnum kind, long amount) {
        return new NewTransaction().kind(kind).amount(amount).currency("EUR").provider("stripe");
    }
}
