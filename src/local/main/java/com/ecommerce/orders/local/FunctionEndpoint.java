package com.ecommerce.orders.local;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.ApiResponse;
import com.ecommerce.orders.http.BodyReader;
import com.ecommerce.orders.http.Endpoint;
import com.ecommerce.orders.http.HttpProblemException;
import com.ecommerce.orders.http.OperationEndpoint;
import com.ecommerce.orders.http.Parameter;
import com.ecommerce.orders.http.RequestReader;
import com.ecommerce.orders.http.ResponseWriter;
import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.json.CanonicalJson;
import com.ecommerce.orders.json.Json;
import com.ecommerce.orders.json.StrictJson;
import com.ecommerce.orders.operation.Document;
import com.ecommerce.orders.operation.EntryDocument;
import com.ecommerce.orders.operation.NotModified;
import com.ecommerce.orders.operation.Operation;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.Page;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.operation.ProblemCode;
import com.ecommerce.orders.operation.ProblemException;
import com.ecommerce.orders.operation.RequestProblem;
import com.ecommerce.orders.operation.View;
import com.ecommerce.orders.operation.Violation;
import com.ecommerce.orders.settings.NearestName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * The endpoint that calls a function bean by its name, as the platforms do. The body is an {@link OrderRequest} as JSON.
 * The caller always comes from the token.
 */
final class FunctionEndpoint implements Endpoint.Secured {

    private static final List<String> FIELDS = List.of(
            "orderId",
            "transactionId",
            "fulfillmentId",
            "cancellationId",
            "returnId",
            "command",
            "query",
            "precondition",
            "idempotencyKey",
            "dryRun");

    private final Map<String, Function<OrderRequest, OrderResponse>> functions;

    FunctionEndpoint(Map<String, Function<OrderRequest, OrderResponse>> functions) {
        this.functions = functions;
    }

    @Override
    public ApiResponse handle(ApiRequest request, Map<String, String> pathVariables, Caller caller) {
        String bean = pathVariables.getOrDefault("bean", "");
        Function<OrderRequest, OrderResponse> function = functions.get(bean);
        Operation operation = Operation.ofBean(bean).orElse(null);
        if (function == null || operation == null) {
            throw unknown(bean);
        }
        OperationEndpoint.authorize(request, operation, caller);
        BodyReader.check(request);
        JsonNode body = BodyReader.read(request);
        ApiRequest call = toCall(request, operation, check(body));
        OrderRequest input = RequestReader.read(call, operation, ids(operation, body), caller);
        return function.apply(input).accept(new AsJson(new ResponseWriter(call, input.query())));
    }

    private HttpProblemException unknown(String bean) {
        List<String> beans = functions.keySet().stream()
                .filter(name -> Operation.ofBean(name).isPresent())
                .sorted()
                .toList();
        return new HttpProblemException(
                ProblemCode.NOT_FOUND,
                "There is no function " + bean + ". Use another name; the nearest one is " + NearestName.of(bean, beans)
                        + ".");
    }

    /** Returns the ids that the operation's path has, by the names of the path variables. */
    private static Map<String, String> ids(Operation operation, @Nullable JsonNode body) {
        Map<String, String> ids = new HashMap<>();
        if (operation.needsOrderId()) {
            ids.put(RequestReader.ORDER_ID, id(RequestReader.ORDER_ID, body));
        }
        String entry = operation.entryVariable();
        if (entry != null) {
            ids.put(entry, id(entry, body));
        }
        return ids;
    }

    private static String id(String name, @Nullable JsonNode body) {
        String id = body == null ? "" : body.path(name).stringValue("");
        if (OrderId.parseUuid(id).isEmpty()) {
            throw new ProblemException(new Violation("/" + name, Violation.Code.BAD_FORMAT, name + " must be a UUID"));
        }
        return id;
    }

    private static @Nullable JsonNode check(@Nullable JsonNode body) {
        if (body == null) {
            return null;
        }
        List<Violation> violations = new ArrayList<>();
        if (!body.isObject()) {
            violations.add(new Violation("", Violation.Code.WRONG_TYPE, "The body must be a JSON object"));
        }
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            check(field.getKey(), field.getValue(), violations);
        }
        if (!violations.isEmpty()) {
            throw new ProblemException(new RequestProblem.InvalidRequest(violations));
        }
        return body;
    }

    private static void check(String name, JsonNode value, List<Violation> violations) {
        String pointer = "/" + StrictJson.escape(name);
        switch (name) {
            case "command" -> {
                // The operation's own reader checks it.
            }
            case "query", "precondition" -> {
                if (!value.isNull() && !value.isObject()) {
                    violations.add(new Violation(pointer, Violation.Code.WRONG_TYPE, name + " must be an object"));
                }
                value.properties()
                        .forEach(part -> checkScalars(
                                pointer + "/" + StrictJson.escape(part.getKey()), part.getValue(), violations));
            }
            case "orderId",
                    "transactionId",
                    "fulfillmentId",
                    "cancellationId",
                    "returnId",
                    "idempotencyKey",
                    "dryRun" -> checkScalars(pointer, value, violations);
            default ->
                violations.add(new Violation(
                        pointer, Violation.Code.UNKNOWN_FIELD, "There is no such field; there are " + FIELDS));
        }
    }

    private static void checkScalars(String pointer, JsonNode value, List<Violation> violations) {
        boolean list = pointer.startsWith("/query/") && value.isArray();
        boolean plain = list ? value.valueStream().allMatch(JsonNode::isValueNode) : value.isValueNode();
        if (!plain) {
            violations.add(new Violation(pointer, Violation.Code.WRONG_TYPE, "This must be a string or number"));
        }
    }

    /** Returns the equivalent HTTP request. So one reader with one set of rules reads both. */
    private static ApiRequest toCall(ApiRequest request, Operation operation, @Nullable JsonNode body) {
        Map<String, String> headers = new HashMap<>();
        List<Parameter> query = new ArrayList<>();
        byte[] command = {};
        String path = request.path();
        if (body != null) {
            put(headers, "idempotency-key", body.get("idempotencyKey"));
            put(headers, "if-match", body.path("precondition").get("ifMatch"));
            put(headers, "if-none-match", body.path("precondition").get("ifNoneMatch"));
            addAll(query, body.path("query"));
            if (body.hasNonNull("dryRun") && operation.isMutation()) {
                query.add(new Parameter("dryRun", body.get("dryRun").asString()));
            }
            command = body.hasNonNull("command") ? CanonicalJson.write(body.get("command")) : command;
            path += "/" + body.path("orderId").asString("");
            String entry = operation.entryVariable();
            path += "/" + (entry == null ? "" : body.path(entry).asString(""));
        }
        return new ApiRequest(request.method(), path, query, headers, command);
    }

    private static void put(Map<String, String> headers, String name, @Nullable JsonNode value) {
        if (value != null && !value.isNull()) {
            headers.put(name, value.asString());
        }
    }

    private static void addAll(List<Parameter> query, JsonNode object) {
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (entry.getValue().isArray()) {
                entry.getValue().forEach(value -> query.add(new Parameter(entry.getKey(), value.asString())));
            } else if (!entry.getValue().isNull()) {
                query.add(new Parameter(entry.getKey(), entry.getValue().asString()));
            }
        }
    }

    /** Writes responses as JSON values: a status or a header becomes a field. */
    private record AsJson(ResponseWriter writer) implements OrderResponse.Visitor<ApiResponse> {

        @Override
        public ApiResponse view(View view) {
            return ApiResponse.json(200, Json.write(json -> {
                json.writeStartObject();
                write(json, view.document());
                json.writeBooleanProperty("created", view.result() == View.Result.CREATED);
                json.writeBooleanProperty("replayed", view.delivery() == View.Delivery.REPLAYED);
                json.writeBooleanProperty("dryRun", view.delivery() == View.Delivery.DRY_RUN);
                json.writeEndObject();
            }));
        }

        private static void write(JsonGenerator json, Document document) {
            json.writeName(document instanceof EntryDocument ? "entry" : "order");
            json.writeRawValue(document.text());
            if (document instanceof EntryDocument entry && entry.orderVersion() != null) {
                json.writeNumberProperty("orderVersion", entry.orderVersion());
            }
        }

        @Override
        public ApiResponse page(Page page) {
            return ApiResponse.json(200, writer.page(page).body());
        }

        @Override
        public ApiResponse notModified(NotModified notModified) {
            return ApiResponse.json(200, Json.write(json -> json.writeStartObject()
                    .writeBooleanProperty("notModified", true)
                    .writeNumberProperty("version", notModified.version())
                    .writeEndObject()));
        }

        @Override
        public ApiResponse problem(Problem problem) {
            return writer.problem(problem);
        }
    }
}
