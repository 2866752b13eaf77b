package com.ecommerce.orders.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.authentication.AuthenticationConfiguration;
import com.ecommerce.orders.event.EventFeed;
import com.ecommerce.orders.event.EventTypes;
import com.ecommerce.orders.event.ListEvents;
import com.ecommerce.orders.fulfillment.CancelFulfillment;
import com.ecommerce.orders.fulfillment.CreateFulfillment;
import com.ecommerce.orders.fulfillment.DeliverFulfillment;
import com.ecommerce.orders.fulfillment.FakeFulfillments;
import com.ecommerce.orders.fulfillment.FulfillmentLimit;
import com.ecommerce.orders.fulfillment.FulfillmentRule;
import com.ecommerce.orders.fulfillment.Fulfillments;
import com.ecommerce.orders.json.CloudEventSerializer;
import com.ecommerce.orders.json.JsonOrderSerializer;
import com.ecommerce.orders.operation.Action;
import com.ecommerce.orders.operation.FeedPosition;
import com.ecommerce.orders.operation.Ledger;
import com.ecommerce.orders.operation.LedgerProblem;
import com.ecommerce.orders.operation.OrderProblem;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.OrderStatus;
import com.ecommerce.orders.operation.OrdersUnavailableException;
import com.ecommerce.orders.operation.OrdersUnavailableException.Outcome;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.operation.ProblemCode;
import com.ecommerce.orders.operation.RequestProblem;
import com.ecommerce.orders.operation.TenantBusyException;
import com.ecommerce.orders.order.FakeLedger;
import com.ecommerce.orders.order.GetEntry;
import com.ecommerce.orders.order.LedgerWrites;
import com.ecommerce.orders.order.OneOrder;
import com.ecommerce.orders.order.Readiness;
import com.ecommerce.orders.order.WriteOutcome;
import com.ecommerce.orders.payment.FakeTransactions;
import com.ecommerce.orders.payment.RecordTransaction;
import com.ecommerce.orders.payment.SettleTransaction;
import com.ecommerce.orders.payment.Transactions;
import com.ecommerce.orders.returns.CreateReturn;
import com.ecommerce.orders.returns.FakeReturns;
import com.ecommerce.orders.returns.ReceiveReturn;
import com.ecommerce.orders.returns.ReturnRule;
import com.ecommerce.orders.returns.Returns;
import com.ecommerce.orders.testkit.Tokens;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.mock.env.MockEnvironment;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every example of a problem in {@code openapi.yaml} equals the API's response. */
@NullUnmarked
class ProblemExamplesTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Tokens TOKENS = new Tokens();
    private static final String ORDER = "/orders/" + OneOrder.ID;
    private static final String TRANSACTIONS = ORDER + "/transactions";
    private static final String FULFILLMENTS = ORDER + "/fulfillments";
    private static final String PARCEL = FULFILLMENTS + "/019ab3d4-10c6-7f5e-b2a7-44e1d9c08b35";
    private static final String RETURNS = ORDER + "/returns";
    private static final String RETURN = RETURNS + "/019ab3d0-2a77-7c19-8f3e-6d4b0e9a5c11";
    private static final String OTHER_ORDER = "/orders/019ab3c2-8d5e-7c31-9f0a-5b7d2e4c6a19";
    private static final Map<String, JsonNode> EXAMPLES = examples();

    /** The request for each example. No example is left out. */
    private static final Map<String, Sent> REQUESTS = requests();

    private static Map<String, Sent> requests() {
        String order = EXAMPLES.get("CreateOrder").toString();
        String sale = EXAMPLES.get("RecordSale").toString();
        String settlement = EXAMPLES.get("SettleRefund").toString();
        String note = "{\"note\":\"Please ring twice.\"}";
        Map<String, Sent> all = new LinkedHashMap<>();
        all.put("InvalidRequest", post("/orders", "{\"items\":[{\"sku\":\"A\",\"quantity\":0,\"unitPrice\":1}]}"));
        all.put("MalformedJson", post("/orders", "{\"currency\":"));
        all.put("InvalidId", get("/orders/417"));
        all.put("InvalidParameter", get("/orders").with("limit", "0"));
        all.put(
                "CursorMismatch",
                get("/orders").with("cursor", "of another list").with("status", "PLACED"));
        all.put("CursorExpired", get("/events").with("after", Cursor.write(new FeedPosition(OneOrder.ID.value(), 1))));
        all.put("Unauthenticated", get(ORDER).withHeader("authorization", null));
        all.put("InvalidToken", get(ORDER).withHeader("authorization", "Bearer e30.e30.e30"));
        all.put("Forbidden", patch(note).withHeader("authorization", "Bearer " + token("orders:read")));
        all.put("NotFound", get(OTHER_ORDER));
        all.put("MethodNotAllowed", new Sent("PUT", "/orders", "{}"));
        all.put(
                "DuplicateExternalRef",
                post("/orders", order).refused(new OrderProblem.DuplicateExternalRef(OneOrder.ID)));
        all.put(
                "InvalidState",
                patch("{\"items\":[{\"sku\":\"A\",\"quantity\":1,\"unitPrice\":1}]}")
                        .withHeader("if-match", "*")
                        .of(OrderStatus.CONFIRMED));
        all.put("InvalidTransition", post(ORDER + "/complete", ""));
        all.put("TransactionNotFound", get(TRANSACTIONS + "/019ab3c9-4f21-7b63-8d05-1e6a7c2b9f41"));
        all.put(
                "TransactionNotSettled",
                post(TRANSACTIONS + "/019ab3c9-7d10-7e42-9a6b-3c8f5d1e7b02/settle", settlement)
                        .refusedByLedger(new LedgerProblem.InvalidLedgerWrite(
                                "A transaction that is FAILED can't get this state. A PENDING transaction can be settled,"
                                        + " and a SUCCEEDED capture, sale or refund can become FAILED.")));
        all.put(
                "CurrencyMismatch",
                post(TRANSACTIONS, sale).refusedByLedger(new LedgerProblem.CurrencyMismatch("USD")));
        UUID other = UUID.fromString("019ab3c9-4f21-7b63-8d05-1e6a7c2b9f40");
        all.put(
                "TransactionMismatch",
                post(TRANSACTIONS, sale).refusedByLedger(new LedgerProblem.TransactionMismatch(OneOrder.ID, other)));
        String limit = "The order has 200 transactions that are not FAILED. No more can be recorded.";
        all.put("LimitExceeded", post(TRANSACTIONS, sale).refusedByLedger(new LedgerProblem.LimitExceeded(limit)));
        all.put("AmountExceeded", post(TRANSACTIONS, sale).refusedByLedger(new LedgerProblem.AmountExceeded(2768)));
        putProblemsOfGoods(all);
        all.put("IdempotencyInFlight", post("/orders", order).refused(new RequestProblem.IdempotencyInFlight()));
        all.put("Conflict", post(ORDER + "/confirm", "").refused(new RequestProblem.Conflict()));
        all.put("RequestTimeout", post("/orders", order).arrivingTooLate());
        all.put("LengthRequired", post("/orders", null));
        all.put("StaleVersion", patch(note).withHeader("if-match", "\"1\"").refused(new OrderProblem.StaleVersion(3)));
        all.put("BodyTooLarge", post("/orders", " ".repeat(Limits.MAX_BODY_BYTES + 1)));
        all.put("UnsupportedMediaType", post("/orders", order).withHeader("content-type", "text/plain"));
        all.put("TotalMismatch", post("/orders", order.replace("3412", "3400")));
        all.put("IdempotencyKeyReused", post("/orders", order).refused(new RequestProblem.IdempotencyKeyReused()));
        all.put("PreconditionRequired", patch(note));
        all.put("TenantBusy", post("/orders", order).failing(new TenantBusyException()));
        all.put("InternalError", post("/orders", order).failing(new IllegalStateException("a test's")));
        all.put("Unavailable", post("/orders", order).failing(unavailable(Outcome.NOT_STORED)));
        all.put("OutcomeUnknown", post("/orders", order).failing(unavailable(Outcome.UNKNOWN)));
        all.put("NotReady", get("/ready").notReady());
        return all;
    }

    private static void putProblemsOfGoods(Map<String, Sent> all) {
        String parcel = EXAMPLES.get("ShipTwoUnits").toString();
        String coming = EXAMPLES.get("ReturnOneUnit").toString();
        String back = EXAMPLES.get("ReceiveOneUnit").toString();
        all.put("FulfillmentNotFound", get(FULFILLMENTS + "/019ab3d4-10c6-7f5e-b2a7-44e1d9c08b36"));
        all.put("CancellationNotFound", get(ORDER + "/cancellations/019ab3d8-91e0-7a4d-8c63-0f5b2d7e6a93"));
        all.put("ReturnNotFound", get(RETURNS + "/019ab3d0-2a77-7c19-8f3e-6d4b0e9a5c12"));
        Set<Action> actions = EnumSet.of(Action.UPDATE, Action.COMPLETE);
        all.put(
                "OrderNotCancelled",
                post(ORDER + "/cancel", "")
                        .of(OrderStatus.CONFIRMED)
                        .refused(new OrderProblem.OrderHasFulfillment(actions)));
        all.put(
                "OrderNotConfirmed",
                post(FULFILLMENTS, parcel).refusedByLedger(FulfillmentRule.ORDER_IS_CONFIRMED.broken("PLACED")));
        all.put(
                "OrderNotReturnable",
                post(RETURNS, coming).refusedByLedger(ReturnRule.ORDER_IS_CONFIRMED_OR_COMPLETED.broken("CANCELLED")));
        all.put(
                "FulfillmentNotShipped",
                post(PARCEL + "/deliver", "").refusedByLedger(FulfillmentRule.IS_SHIPPED.broken("CANCELLED")));
        all.put(
                "FulfillmentReturned",
                post(PARCEL + "/cancel", "").refusedByLedger(FulfillmentRule.IS_NOT_RETURNED.broken()));
        all.put("ReturnNotOpen", post(RETURN + "/receive", back).refusedByLedger(ReturnRule.IS_OPEN.broken("CLOSED")));
        UUID existing = UUID.fromString(PARCEL.substring(PARCEL.lastIndexOf('/') + 1));
        all.put(
                "FulfillmentMismatch",
                post(FULFILLMENTS, parcel)
                        .refusedByLedger(new LedgerProblem.FulfillmentMismatch(OneOrder.ID, existing)));
        all.put(
                "FulfillmentLimitExceeded",
                post(FULFILLMENTS, parcel)
                        .refusedByLedger(new LedgerProblem.LimitExceeded(FulfillmentLimit.FULFILLMENTS.text())));
        all.put("FeeExceeded", post(RETURN + "/receive", back).refusedByLedger(new LedgerProblem.FeeExceeded(1, 2768)));
        all.put(
                "QuantityExceeded",
                post(FULFILLMENTS, parcel)
                        .refusedByLedger(new LedgerProblem.QuantityExceeded(List.of(
                                new LedgerProblem.QuantityExceeded.Line(1, 2, 1),
                                new LedgerProblem.QuantityExceeded.Line(2, 1, 0)))));
    }

    static Set<String> problems() {
        Map<String, JsonNode> problems = new TreeMap<>(EXAMPLES);
        problems.values().removeIf(example -> !example.has("code"));
        return problems.keySet();
    }

    @ParameterizedTest
    @MethodSource("problems")
    void equalsTheResponseOfTheApi(String name) {
        assertThat(REQUESTS).as("The request that gets it").containsKey(name);

        assertThat(JSON.readTree(answer(REQUESTS.get(name))).toPrettyString())
                .isEqualTo(EXAMPLES.get(name).toPrettyString());
    }

    @Test
    void everyKindOfProblemHasAnExample() {
        assertThat(problems().stream()
                        .map(name -> EXAMPLES.get(name).path("code").asString()))
                .containsAll(Arrays.stream(ProblemCode.values()).map(Enum::name).toList());
    }

    private static byte[] answer(Sent sent) {
        GenericApplicationContext context = new GenericApplicationContext();
        MockEnvironment environment = new MockEnvironment();
        environment.setProperty("orders.identity.jwt.issuer", TOKENS.issuer());
        environment.setProperty("orders.identity.jwt.audience", TOKENS.audience());
        environment.setProperty("orders.identity.jwt.jwk-set", TOKENS.jwkSetJson());
        context.setEnvironment(environment);
        context.register(new AuthenticationConfiguration(), new HttpConfiguration());
        context.registerBean(Clock.class, Clock::systemUTC);
        context.registerBean(Readiness.class, () -> () -> sent.failure);
        functions(sent).forEach((name, function) -> context.registerBean(name, Function.class, () -> function));
        context.refresh();
        OrderApi api = context.getBean(OrderApi.class);
        return api.apply(sent.toRequest(api)).body();
    }

    private static Map<String, Function<OrderRequest, OrderResponse>> functions(Sent sent) {
        EventFeed feed =
                (tenant, query, types, maxBytes) -> new EventFeed.Slice(FeedPosition.NO_EPOCH, 0, 0, false, List.of());
        FakeLedger ledger = new FakeLedger(Ledger.TRANSACTIONS, sent.ledgerProblem);
        Transactions transactions = new FakeTransactions(ledger);
        LedgerWrites writes = OneOrder.ledgerWrites();
        Map<String, Function<OrderRequest, OrderResponse>> functions =
                new HashMap<>(OneOrder.functions(new JsonOrderSerializer(), sent.status, sent.write));
        functions.put("listEvents", new ListEvents(feed, new CloudEventSerializer(new EventTypes("orders"))));
        functions.put("recordTransaction", new RecordTransaction(transactions, writes));
        functions.put("settleTransaction", new SettleTransaction(transactions, writes));
        functions.put("getTransaction", new GetEntry(ledger, Ledger.TRANSACTIONS));
        Fulfillments fulfillments = new FakeFulfillments(ledger);
        functions.put("createFulfillment", new CreateFulfillment(fulfillments, writes));
        functions.put("deliverFulfillment", new DeliverFulfillment(fulfillments, writes));
        functions.put("cancelFulfillment", new CancelFulfillment(fulfillments, writes));
        functions.put("getFulfillment", new GetEntry(ledger, Ledger.FULFILLMENTS));
        functions.put("getCancellation", new GetEntry(ledger, Ledger.CANCELLATIONS));
        Returns returns = new FakeReturns(ledger);
        functions.put("createReturn", new CreateReturn(returns, writes));
        functions.put("receiveReturn", new ReceiveReturn(returns, writes));
        functions.put("getReturn", new GetEntry(ledger, Ledger.RETURNS));
        return functions;
    }

    private static String token(String scopes) {
        return TOKENS.mint(Map.of("tenant_id", "acme", "sub", "alice", "scope", scopes));
    }

    private static OrdersUnavailableException unavailable(Outcome outcome) {
        return new OrdersUnavailableException("a test's", outcome, new IOException());
    }

    private static Sent get(String path) {
        return new Sent("GET", path, "");
    }

    private static Sent post(String path, @Nullable String body) {
        return new Sent("POST", path, body);
    }

    private static Sent patch(String body) {
        return new Sent("PATCH", ORDER, body);
    }

    private static Map<String, JsonNode> examples() {
        try (InputStream yaml = ProblemExamplesTest.class.getResourceAsStream("/openapi.yaml")) {
            Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
            Map<String, JsonNode> examples = new HashMap<>();
            JSON.valueToTree(document)
                    .at("/components/examples")
                    .properties()
                    .forEach(example ->
                            examples.put(example.getKey(), example.getValue().path("value")));
            return examples;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A request, and the state of the storage at this request. */
    private static final class Sent {

        private final String method;
        private final String path;
        private RequestBody body;
        private final Map<String, String> query = new LinkedHashMap<>();
        private final Map<String, @Nullable String> headers = new HashMap<>();
        private OrderStatus status = OrderStatus.PLACED;
        private @Nullable Supplier<WriteOutcome> write;
        private @Nullable Problem ledgerProblem;
        private Optional<Readiness.Failure> failure = Optional.empty();

        Sent(String method, String path, @Nullable String body) {
            this.method = method;
            this.path = path;
            this.body = new RequestBody.Bytes(body == null ? null : body.getBytes(UTF_8));
            headers.put(
                    "authorization", "Bearer " + token("orders:read orders:write payments:write fulfillments:write"));
            headers.put("content-type", "application/json");
            headers.put("x-request-id", "7c9e6679-7425-40de-944b-e07fc1f90ae7");
        }

        Sent with(String parameter, String value) {
            query.put(parameter, value);
            return this;
        }

        Sent withHeader(String name, @Nullable String value) {
            headers.put(name, value);
            return this;
        }

        Sent of(OrderStatus orders) {
            status = orders;
            return this;
        }

        Sent refused(Problem problem) {
            write = () -> new WriteOutcome.Refused(problem);
            return this;
        }

        Sent refusedByLedger(Problem problem) {
            ledgerProblem = problem;
            return this;
        }

        Sent failing(RuntimeException reason) {
            write = () -> {
                throw reason;
            };
            return this;
        }

        Sent arrivingTooLate() {
            body = new RequestBody() {
                @Override
                public long length() {
                    return 2;
                }

                @Override
                public byte[] read() throws IOException {
                    throw new SocketTimeoutException();
                }
            };
            return this;
        }

        Sent notReady() {
            failure = Optional.of(new Readiness.Failure("database", "for operators"));
            return this;
        }

        ApiRequest toRequest(OrderApi api) {
            headers.values().removeIf(value -> value == null);
            query.computeIfPresent("cursor", (name, any) -> cursor(api));
            return new ApiRequest(
                    method,
                    path,
                    query.entrySet().stream()
                            .map(each -> new Parameter(each.getKey(), each.getValue()))
                            .toList(),
                    headers,
                    body,
                    null);
        }

        /** The cursor of a list of all orders. */
        private String cursor(OrderApi api) {
            ApiResponse page = api.apply(new ApiRequest("GET", "/orders", List.of(), headers, new byte[0]));
            return JSON.readTree(page.body()).path("nextCursor").asString();
        }
    }
}
