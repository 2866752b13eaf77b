package com.ecommerce.orders.http;

import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.json.CanonicalJson;
import com.ecommerce.orders.json.OrderReader;
import com.ecommerce.orders.operation.ETagCondition;
import com.ecommerce.orders.operation.IdempotencyKey;
import com.ecommerce.orders.operation.Operation;
import com.ecommerce.orders.operation.OperationInput;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrderQuery;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.Precondition;
import com.ecommerce.orders.operation.ProblemException;
import com.ecommerce.orders.operation.Violation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A reader that turns an HTTP request into the input of an order function. */
public final class RequestReader {

    /** The path variable with the order's id. */
    public static final String ORDER_ID = "orderId";

    private final ApiRequest request;
    private final Operation operation;
    private final Caller caller;
    private final @Nullable OrderId id;
    private final @Nullable UUID entry;
    private final ViolationCollector violations = new ViolationCollector();
    private final Parameters parameters;

    private RequestReader(ApiRequest request, Operation operation, Map<String, String> pathVariables, Caller caller) {
        this.request = request;
        this.operation = operation;
        this.caller = caller;
        this.id = operation.needsOrderId() ? readOrderId(pathVariables) : null;
        this.entry = readEntryId(operation, pathVariables);
        this.parameters = new Parameters(request.query(), violations);
    }

    /**
     * Reads the input of {@code operation}.
     *
     * @param pathVariables the values of the route's variables, by their names
     * @throws RuntimeException that {@link OrderApi} turns into a response, if a parameter or header is wrong
     * @throws ProblemException if the body or the id breaks a rule
     */
    public static OrderRequest read(
            ApiRequest request, Operation operation, Map<String, String> pathVariables, Caller caller) {
        RequestReader reader = new RequestReader(request, operation, pathVariables, caller);
        return operation.isMutation() ? reader.readMutation() : reader.readRead();
    }

    private OrderRequest readRead() {
        String tags = request.header("if-none-match");
        ETagCondition ifNoneMatch = tags == null ? null : readTags(EntityTags.parseWeak(tags), "If-None-Match");
        QueryReader query = new QueryReader(parameters);
        OperationInput input = query.readInput(operation);
        OrderQuery page = query.readPage(operation, id);
        return new OrderRequest(caller, id, entry, input, page, new Precondition(null, ifNoneMatch), null, false);
    }

    private OrderRequest readMutation() {
        boolean dryRun = parameters.readDryRun();
        String tags = request.header("if-match");
        ETagCondition ifMatch = tags == null ? null : readTags(EntityTags.parseStrong(tags), "If-Match");
        String header = request.header("idempotency-key");
        String key = dryRun || header == null ? null : IdempotencyKeyParser.read(header, violations);
        parameters.check();
        JsonNode body = BodyReader.read(request);
        return new OrderRequest(
                caller,
                id,
                entry,
                OrderReader.read(operation, body),
                OrderQuery.FIRST_PAGE,
                new Precondition(ifMatch, null),
                key == null ? null : new IdempotencyKey(key, fingerprint(request, body)),
                dryRun);
    }

    private static OrderId readOrderId(Map<String, String> pathVariables) {
        return OrderId.parse(pathVariables.getOrDefault(ORDER_ID, ""))
                .orElseThrow(() -> new ProblemException(new Violation(
                        "{" + ORDER_ID + "}", Violation.Code.BAD_FORMAT, "The order's id must be a UUID")));
    }

    private static @Nullable UUID readEntryId(Operation operation, Map<String, String> pathVariables) {
        String variable = operation.entryVariable();
        return variable == null
                ? null
                : OrderId.parseUuid(pathVariables.getOrDefault(variable, ""))
                        .orElseThrow(() -> new ProblemException(new Violation(
                                "{" + variable + "}", Violation.Code.BAD_FORMAT, variable + " must be a UUID")));
    }

    private ETagCondition readTags(Optional<ETagCondition> tags, String name) {
        return tags.orElseGet(() -> {
            violations.add(
                    name,
                    Violation.Code.BAD_FORMAT,
                    name + " must be an ETag in quotes such as \"3\", a list of such ETags, or *");
            return ETagCondition.ANY;
        });
    }

    /** Returns the SHA-256 of the method, the path in lower case and the canonical body. Repeated requests have the same. */
    static String fingerprint(ApiRequest request, @Nullable JsonNode body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String path = request.path().toLowerCase(Locale.ROOT);
            digest.update((request.method() + " " + path + "\n").getBytes(StandardCharsets.UTF_8));
            if (body != null) {
                digest.update(CanonicalJson.write(body));
            }
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
