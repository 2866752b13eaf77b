package com.ecommerce.orders.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.local.testkit.LocalServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FunctionEndpointTest {

    private static final String DRAFT =
            "{\"currency\":\"EUR\",\"items\":[{\"sku\":\"A\",\"quantity\":2,\"unitPrice\":50}]}";

    @TempDir
    static Path directory;

    private static LocalServer server;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        server = LocalServer.withDevIssuer(directory);
        token = server.get("/dev/token?tenant=functions").body();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void callsEveryFunctionByName() throws Exception {
        JsonNode created = json(call("createOrder", "{\"command\":" + DRAFT + "}"));
        String id = created.at("/order/id").stringValue();

        assertThat(created.at("/order/totals/grandTotal").intValue()).isEqualTo(100);
        assertThat(created.get("created").booleanValue()).isTrue();
        assertThat(json(call("getOrder", "{\"orderId\":\"" + id + "\"}"))
                        .at("/order/id")
                        .stringValue())
                .isEqualTo(id);
        assertThat(json(call(
                                "updateOrder",
                                "{\"orderId\":\"" + id
                                        + "\",\"command\":{\"note\":\"n\"},\"precondition\":{\"ifMatch\":\"\\\"1\\\"\"}}"))
                        .at("/order/note")
                        .stringValue())
                .isEqualTo("n");
        assertThat(json(call("confirmOrder", "{\"orderId\":\"" + id + "\",\"dryRun\":true}"))
                        .get("dryRun")
                        .booleanValue())
                .isTrue();
        assertThat(json(call("confirmOrder", "{\"orderId\":\"" + id + "\"}"))
                        .at("/order/status")
                        .stringValue())
                .isEqualTo("CONFIRMED");
        assertThat(json(call("listOrders", "{\"query\":{\"limit\":1,\"status\":[\"CONFIRMED\",\"PLACED\"]}}"))
                        .get("data")
                        .size())
                .isEqualTo(1);
        assertThat(json(call("listOrderEvents", "{\"orderId\":\"" + id + "\"}"))
                        .get("data")
                        .size())
                .isEqualTo(3);
    }

    @Test
    void replaysARequestWithTheSameKey() throws Exception {
        String request = "{\"command\":" + DRAFT + ",\"idempotencyKey\":\"functions-1\"}";
        JsonNode first = json(call("createOrder", request));
        JsonNode second = json(call("createOrder", request));

        assertThat(second.get("order")).isEqualTo(first.get("order"));
        assertThat(second.get("replayed").booleanValue()).isTrue();
    }

    @Test
    void callsTheFunctionsOfTransactions() throws Exception {
        String order = json(call("createOrder", "{\"command\":" + DRAFT + "}"))
                .at("/order/id")
                .stringValue();
        String sale = "{\"kind\":\"SALE\",\"state\":\"PENDING\",\"amount\":100,\"currency\":\"EUR\","
                + "\"provider\":\"functions\",\"reference\":\"" + order + "\"}";
        JsonNode recorded = json(call("recordTransaction", "{\"orderId\":\"" + order + "\",\"command\":" + sale + "}"));
        String ids = "\"orderId\":\"" + order + "\",\"transactionId\":\""
                + recorded.at("/entry/id").stringValue() + "\"";

        assertThat(recorded.get("created").booleanValue()).isTrue();
        assertThat(recorded.get("orderVersion").intValue()).isEqualTo(2);
        JsonNode settled = json(call("settleTransaction", "{" + ids + ",\"command\":{\"state\":\"SUCCEEDED\"}}"));
        assertThat(settled.at("/entry/state").stringValue()).isEqualTo("SUCCEEDED");
        assertThat(settled.get("orderVersion").intValue()).isEqualTo(3);
        JsonNode read = json(call("getTransaction", "{" + ids + "}"));
        assertThat(read.get("entry")).isEqualTo(settled.get("entry"));
        assertThat(read.has("orderVersion")).isFalse();
        assertThat(json(call("listTransactions", "{\"orderId\":\"" + order + "\"}"))
                        .at("/data/0"))
                .isEqualTo(settled.get("entry"));
        assertThat(json(call(
                                "findTransactions",
                                "{\"query\":{\"provider\":\"functions\",\"reference\":\"" + order + "\"}}"))
                        .at("/data/0"))
                .isEqualTo(settled.get("entry"));
        assertThat(json(call("listOrders", "{\"query\":{\"paymentStatus\":\"PAID\"}}"))
                        .at("/data/0/id")
                        .stringValue())
                .isEqualTo(order);
    }

    @Test
    void callsTheFunctionsOfFulfillmentsAndReturns() throws Exception {
        String order = json(call("createOrder", "{\"command\":" + DRAFT + "}"))
                .at("/order/id")
                .stringValue();
        String id = "\"orderId\":\"" + order + "\"";
        call("confirmOrder", "{" + id + "}");

        JsonNode shipped = json(call("createFulfillment", "{" + id + "}"));
        String fulfillment =
                id + ",\"fulfillmentId\":\"" + shipped.at("/entry/id").stringValue() + "\"";
        assertThat(shipped.get("created").booleanValue()).isTrue();
        assertThat(json(call("updateFulfillment", "{" + fulfillment + ",\"command\":{\"carrier\":\"DHL\"}}"))
                        .at("/entry/carrier")
                        .stringValue())
                .isEqualTo("DHL");
        JsonNode delivered = json(call("deliverFulfillment", "{" + fulfillment + "}"));
        assertThat(delivered.at("/entry/status").stringValue()).isEqualTo("DELIVERED");
        assertThat(json(call("getFulfillment", "{" + fulfillment + "}")).get("entry"))
                .isEqualTo(delivered.get("entry"));
        assertThat(json(call("listFulfillments", "{" + id + "}")).at("/data/0")).isEqualTo(delivered.get("entry"));
        assertThat(call("cancelFulfillment", "{" + fulfillment + "}").statusCode())
                .isEqualTo(409);

        String unit = "{\"items\":[{\"lineNumber\":1,\"quantity\":1}]}";
        JsonNode requested = json(call("createReturn", "{" + id + ",\"command\":" + unit + "}"));
        String returned = id + ",\"returnId\":\"" + requested.at("/entry/id").stringValue() + "\"";
        String receipt = unit.replace("}]", ",\"disposition\":\"RESTOCK\"}]");
        assertThat(json(call("receiveReturn", "{" + returned + ",\"command\":" + receipt + "}"))
                        .at("/entry/status")
                        .stringValue())
                .isEqualTo("RECEIVED");
        JsonNode closed = json(call("closeReturn", "{" + returned + "}"));
        assertThat(closed.at("/entry/status").stringValue()).isEqualTo("CLOSED");
        assertThat(json(call("getReturn", "{" + returned + "}")).get("entry")).isEqualTo(closed.get("entry"));
        assertThat(json(call("listReturns", "{" + id + "}")).at("/data/0")).isEqualTo(closed.get("entry"));
        assertThat(call("cancelReturn", "{" + returned + "}").statusCode()).isEqualTo(409);
    }

    @Test
    void callsTheFunctionsOfCancellations() throws Exception {
        String order = json(call("createOrder", "{\"command\":" + DRAFT + "}"))
                .at("/order/id")
                .stringValue();
        String id = "\"orderId\":\"" + order + "\"";
        call("confirmOrder", "{" + id + "}");
        String unit = "{\"items\":[{\"lineNumber\":1,\"quantity\":1}],\"reason\":\"INVENTORY\"}";

        JsonNode canceled = json(call("cancelItems", "{" + id + ",\"command\":" + unit + "}"));
        String cancellation =
                id + ",\"cancellationId\":\"" + canceled.at("/entry/id").stringValue() + "\"";
        assertThat(canceled.get("created").booleanValue()).isTrue();
        assertThat(json(call("getCancellation", "{" + cancellation + "}")).get("entry"))
                .isEqualTo(canceled.get("entry"));
        assertThat(json(call("listCancellations", "{" + id + "}")).at("/data/0"))
                .isEqualTo(canceled.get("entry"));
    }

    @Test
    void asksForTheIdOfTheTransaction() throws Exception {
        HttpResponse<String> refused = call("getTransaction", "{\"orderId\":\"019ab3c9-4f21-7b63-8d05-1e6a7c2b9f40\"}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("/transactionId");
    }

    @Test
    void respondsWithTheStatusOfTheProblem() throws Exception {
        assertThat(call("noSuchOrder", "{}").statusCode()).isEqualTo(404);
        assertThat(call("createOrder", "{\"command\":{}}").statusCode()).isEqualTo(400);
        assertThat(call("getOrder", "{}").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "7",
                "{\"idempotencyKey\":{}}",
                "{\"dryRun\":[]}",
                "{\"query\":{\"limit\":{}}}",
                "{\"query\":7}",
                "{\"precondition\":{\"ifMatch\":[]}}",
                "{\"precondition\":\"*\"}",
                "{\"orderId\":[1]}",
                "{\"a/b\":1}"
            })
    void refusesABodyWithAnotherStructure(String body) throws Exception {
        assertThat(call("cancelOrder", body).statusCode()).isEqualTo(400);
        assertThat(call("listOrders", body).statusCode()).isEqualTo(400);
    }

    @Test
    void treatsNullAsAbsent() throws Exception {
        assertThat(call("listOrders", "{\"query\":{\"limit\":null},\"dryRun\":null,\"command\":null}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void takesTheCallerOnlyFromTheToken() throws Exception {
        HttpResponse<String> forged =
                call("listOrders", "{\"caller\":{\"tenant\":\"globex\",\"userId\":\"mallory\",\"permissions\":[]}}");

        assertThat(forged.statusCode()).isEqualTo(400);
        assertThat(forged.body()).contains("/caller");
        assertThat(server.post("/functions/listOrders", "x.y.z", "{}").statusCode())
                .isEqualTo(401);
    }

    private static HttpResponse<String> call(String bean, String body) throws Exception {
        return server.post("/functions/" + bean, token, body);
    }

    private static JsonNode json(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(response.body());
    }
}
