package com.ecommerce.orders.client.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.ecommerce.orders.client.ApiClient;
import com.ecommerce.orders.client.ApiException;
import com.ecommerce.orders.client.api.EventsApi;
import com.ecommerce.orders.client.api.OrdersApi;
import com.ecommerce.orders.client.api.TransitionsApi;
import com.ecommerce.orders.client.model.CancelOrder;
import com.ecommerce.orders.client.model.CreateOrder;
import com.ecommerce.orders.client.model.ItemInput;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;

/** A new tenant of the API that {@code ORDERS_URL} names. */
final class Tenant {

    private final String name = "java-" + UUID.randomUUID();
    private final ApiClient client = new ApiClient();

    Tenant() throws IOException, InterruptedException {
        String url = System.getenv("ORDERS_URL");
        String token = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url + "/dev/token?tenant=" + name))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        client.updateBaseUri(url);
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
    }

    /** Returns the feed of the tenant. */
    EventsApi events() {
        return new EventsApi(client);
    }

    /** Makes an order and cancels the order, which are two events. Returns the order's id. */
    UUID placeAndCancel() throws ApiException {
        CreateOrder book = new CreateOrder()
                .currency("EUR")
                .addItemsItem(new ItemInput().sku("BOOK").quantity(1).unitPrice(1999L));
        UUID id = new OrdersApi(client).createOrder(book, null, null, null).getId();
        new TransitionsApi(client).cancelOrder(id, null, null, null, null, new CancelOrder().reason("not needed"));
        return id;
    }

    /** Erases the tenant with the operator's script that {@code ORDERS_TENANT_SCRIPT} names. */
    void erase() throws IOException, InterruptedException {
        Process script = new ProcessBuilder(System.getenv("ORDERS_TENANT_SCRIPT"), "erase", name, "--yes")
                .redirectErrorStream(true)
                .start();
        String output = new String(script.getInputStream().readAllBytes());
        assertEquals(0, script.waitFor(), output);
    }
}
