package com.ecommerce.orders.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.ecommerce.orders.client.api.FulfillmentsApi;
import com.ecommerce.orders.client.api.OrdersApi;
import com.ecommerce.orders.client.api.ReturnsApi;
import com.ecommerce.orders.client.api.TransitionsApi;
import com.ecommerce.orders.client.model.Cancellation;
import com.ecommerce.orders.client.model.CreateOrder;
import com.ecommerce.orders.client.model.Fulfillment;
import com.ecommerce.orders.client.model.ItemInput;
import com.ecommerce.orders.client.model.ItemsCancellation;
import com.ecommerce.orders.client.model.ItemsCancellation.ReasonEnum;
import com.ecommerce.orders.client.model.LineQuantityInput;
import com.ecommerce.orders.client.model.NewFulfillment;
import com.ecommerce.orders.client.model.NewReceipt;
import com.ecommerce.orders.client.model.NewReturn;
import com.ecommerce.orders.client.model.Order;
import com.ecommerce.orders.client.model.OrderReturn;
import com.ecommerce.orders.client.model.Problem;
import com.ecommerce.orders.client.model.ReceiptItemInput;
import com.ecommerce.orders.client.model.ReceiptItemInput.DispositionEnum;
import com.ecommerce.orders.client.model.ReturnItemInput;
import com.ecommerce.orders.client.model.UpdateFulfillment;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Records shipments and returns with the generated client, on the API that {@code ORDERS_URL} and {@code ORDERS_TOKEN} name. */
class ShippingClientTest {

    private final ApiClient client = new ApiClient();
    private final OrdersApi orders;
    private final FulfillmentsApi fulfillments;
    private final ReturnsApi returns;
    private final UUID order;

    ShippingClientTest() throws Exception {
        client.updateBaseUri(System.getenv("ORDERS_URL"));
        client.setRequestInterceptor(
                request -> request.header("Authorization", "Bearer " + System.getenv("ORDERS_TOKEN")));
        orders = new OrdersApi(client);
        fulfillments = new FulfillmentsApi(client);
        returns = new ReturnsApi(client);
        CreateOrder books = new CreateOrder()
                .currency("EUR")
                .addItemsItem(new ItemInput().sku("BOOK").quantity(3).unitPrice(333L));
        order = orders.createOrder(books, null, null, null).getId();
        new TransitionsApi(client).confirmOrder(order, null, null, null, null, null);
    }

    @Test
    void shipsInTwoParcels() throws Exception {
        NewFulfillment parcel = new NewFulfillment()
                .addItemsItem(units(1))
                .reference("WH-" + order)
                .carrier("UPS");

        ApiResponse<Fulfillment> first = shipWithHttpInfo(parcel);
        ApiResponse<Fulfillment> again = shipWithHttpInfo(parcel);
        Fulfillment rest = shipWithHttpInfo(null).getData();

        assertEquals(201, first.getStatusCode());
        assertEquals(List.of("\"3\""), first.getHeaders().get("order-etag"));
        assertEquals(200, again.getStatusCode());
        assertEquals(first.getData(), again.getData());
        assertEquals(2, rest.getItems().get(0).getQuantity());
        assertEquals("FULFILLED", order().getFulfillment().getStatus());
        assertEquals(
                List.of(first.getData(), rest),
                fulfillments.listFulfillments(order, null, null, null).getData());
    }

    @Test
    void followsAParcel() throws Exception {
        UUID parcel = shipWithHttpInfo(null).getData().getId();

        UpdateFulfillment news = new UpdateFulfillment().trackingNumber("1Z999").trackingStatus("in transit");
        Fulfillment tracked = fulfillments.updateFulfillment(order, parcel, news, null, null, null, null);
        Fulfillment delivered = fulfillments.deliverFulfillment(order, parcel, null, null, null, null, null);

        assertEquals("1Z999", tracked.getTrackingNumber());
        assertEquals("DELIVERED", delivered.getStatus());
        assertEquals(delivered, fulfillments.getFulfillment(order, parcel, null));
    }

    @Test
    void cancelsAUnitAndTakesAUnitBack() throws Exception {
        ItemsCancellation missing =
                new ItemsCancellation().addItemsItem(units(1)).reason(ReasonEnum.INVENTORY);
        Cancellation cancellation = fulfillments.cancelItems(order, missing, null, null, null, null);
        shipWithHttpInfo(null);
        NewReturn one =
                new NewReturn().addItemsItem(new ReturnItemInput().lineNumber(1).quantity(1));
        OrderReturn request = returns.createReturn(order, one, null, null, null, null);
        NewReceipt back = new NewReceipt()
                .addItemsItem(new ReceiptItemInput()
                        .lineNumber(1)
                        .quantity(1)
                        .disposition(DispositionEnum.RESTOCK)
                        .fee(33L));
        OrderReturn received = returns.receiveReturn(order, request.getId(), back, null, null, null, null);

        assertEquals(333L, cancellation.getCredit());
        assertEquals("RECEIVED", received.getStatus());
        assertEquals(1, order().getItems().get(0).getReturned());
        assertEquals(366L, order().getPayment().getDue());
        assertEquals("PARTIALLY_RETURNED", order().getFulfillment().getStatus());
    }

    @Test
    void readsHowManyUnitsAreAvailable() throws Exception {
        ApiException refused =
                assertThrows(ApiException.class, () -> shipWithHttpInfo(new NewFulfillment().addItemsItem(units(4))));

        Problem problem = client.getObjectMapper().readValue(refused.getResponseBody(), Problem.class);
        assertEquals("QUANTITY_EXCEEDED", problem.getCode());
        assertEquals(3, problem.getLines().get(0).getAvailable());
    }

    private ApiResponse<Fulfillment> shipWithHttpInfo(NewFulfillment parcel) throws ApiException {
        return fulfillments.createFulfillmentWithHttpInfo(order, null, null, null, null, parcel);
    }

    private Order order() throws ApiException {
        return orders.getOrder(order, null, null);
    }

    private static LineQuantityInput units(int quantity) {
        return new LineQuantityInput().lineNumber(1).quantity(quantity);
    }
}
