package com.ecommerce.orders.http;

import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.json.CanonicalJson;
import com.ecommerce.orders.json.OrderReader;
import com.ecommerce.orders.json.StrictJson;
import com.ecommerce.orders.operation.ETagCondition;
import com.ecommerce.orders.operation.IdempotencyKey;
import com.ecommerce.orders.operation.Ledger;
import com.ecommerce.orders.operation.Operation;
import com.ecommerce.orders.operation.OperationInput;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrderQuery;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.Precondition;
import com.ecommerce.orders.operation.ProblemCode;
import com.ecommerce.orders.operation.ProblemException;
import com.ecommerce.orders.operation.Violation;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A reader that turns an HTTP request into the input of an order function. */
public final class RequestReader {

    /** The path variable with the order's id. */
    public static final String ORDER_ID = "orderId";

    private RequestReader() {}

    /**
     * Reads the input of {@code operation}.
     *
     * @param pathVariables the values of the route's variables, by their names
     * @throws RuntimeException that {@link OrderApi} turns into a response, if a parameter or header is wrong
     * @throws ProblemException if the body or the id breaks a rule
     */
    public static OrderRequest read(
            ApiRequest request, Operation operation, Map<String, String> pathVariables, Caller caller) {
        OrderId id = operation.needsOrderId() ? readOrderId(pathVariables) : null;
        UUID entry = readEntryId(operation, pathVariables);
        ViolationCollector violations = new ViolationCollector();
        Parameters parameters = new Parameters(request.query(), violations);
        return operation.isMutation()
                ? readMutation(request, operation, id, entry, caller, parameters, violations)
                : readRead(request, operation, id, entry, caller, parameters, violations);
    }

    private static OrderRequest readRead(
            ApiRequest request,
            Operation operation,
            @Nullable OrderId id,
            @Nullable UUID entry,
            Caller caller,
            Parameters parameters,
            ViolationCollector violations) {
        String tags = request.header("if-none-match");
        ETagCondition ifNoneMatch =
                tags == null ? null : readTags(EntityTags.parseWeak(tags), "If-None-Match", violations);
        OperationInput input = readInput(operation, parameters);
        OrderQuery query = readQuery(operation, parameters, id);
        return new OrderRequest(caller, id, entry, input, query, new Precondition(null, ifNoneMatch), null, false);
    }

    private static OrderRequest readMutation(
            ApiRequest request,
            Operation operation,
            @Nullable OrderId id,
            @Nullable UUID entry,
            Caller caller,
            Parameters parameters,
            ViolationCollector violations) {
        boolean dryRun = parameters.readDryRun();
        String tags = request.header("if-match");
        ETagCondition ifMatch = tags == null ? null : readTags(EntityTags.parseStrong(tags), "If-Match", violations);
        String header = request.header("idempotency-key");
        String key = dryRun || header == null ? null : IdempotencyKeyParser.read(header, violations);
        parameters.check();
        JsonNode body = readBody(request);
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

    /**
     * Checks the size and the type of the body. If the headers are enough to refuse the body, the body is not read.
     *
     * @throws RuntimeException that {@link OrderApi} turns into a response, if the body is refused
     */
    public static void checkBody(ApiRequest request) {
        long announced = request.body().length();
        checkBody(request, announced);
        byte[] body = bytes(request);
        if (body == null) {
            throw new HttpProblemException(
                    ProblemCode.LENGTH_REQUIRED, "The request has a body but no Content-Length header. Send one.");
        }
        if (body.length != announced) {
            checkBody(request, body.length);
        }
    }

    private static void checkBody(ApiRequest request, long length) {
        if (length > Limits.MAX_BODY_BYTES) {
            throw new HttpProblemException(
                    ProblemCode.BODY_TOO_LARGE,
                    "The body must have at most " + Limits.MAX_BODY_BYTES + " bytes. Send a smaller body.");
        }
        if (length > 0) {
            checkMediaType(request);
        }
    }

    private static byte @Nullable [] bytes(ApiRequest request) {
        try {
            return request.body().read();
        } catch (IOException e) {
            throw e instanceof SocketTimeoutException
                    ? new HttpProblemException(
                            ProblemCode.REQUEST_TIMEOUT, "The body did not arrive in time. Send the request again.")
                    : new HttpProblemException(
                            ProblemCode.INVALID_REQUEST, "The body ended early. Send as many bytes as announced.");
        }
    }

    private static void checkMediaType(ApiRequest request) {
        String type = request.header("content-type");
        // Most clients send exactly this text, which needs no parsing.
        if (!"application/json".equals(type) && !MediaTypes.isJson(String.valueOf(type), request.method())) {
            throw new HttpProblemException(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    "The body must be JSON in UTF-8. Send Content-Type: application/json"
                            + (request.method().equals("PATCH") ? " or application/merge-patch+json." : "."));
        }
        String encoding = request.header("content-encoding");
        if (encoding != null && !isIdentity(encoding)) {
            throw new HttpProblemException(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    "The body must not be compressed. Send the request without Content-Encoding.");
        }
    }

    /** Tells whether a list of content codings leaves the body unchanged. Elements of the list may be empty. */
    private static boolean isIdentity(String codings) {
        for (String coding : codings.split(",")) {
            if (!coding.isBlank() && !coding.strip().equalsIgnoreCase("identity")) {
                return false;
            }
        }
        return true;
    }

    /** Returns the body as JSON; {@code null} if there is no body. */
    public static @Nullable JsonNode readBody(ApiRequest request) {
        byte[] body = bytes(request);
        return body == null || body.length == 0 ? null : StrictJson.read(body);
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

    /** Reads the query of a read that has a type of query for itself. */
    private static @Nullable OperationInput readInput(Operation operation, Parameters parameters) {
        return switch (operation) {
            case LIST_EVENTS -> parameters.readFeed();
            case FIND_TRANSACTIONS -> parameters.readTransactionReference();
            default -> null;
        };
    }

    private static OrderQuery readQuery(Operation operation, Parameters parameters, @Nullable OrderId id) {
        return switch (operation) {
            case LIST_ORDERS -> parameters.readOrders();
            case LIST_ORDER_EVENTS -> parameters.readEvents(Objects.requireNonNull(id));
            case LIST_TRANSACTIONS -> parameters.readLedger(Objects.requireNonNull(id), Ledger.TRANSACTIONS);
            case LIST_FULFILLMENTS -> parameters.readLedger(Objects.requireNonNull(id), Ledger.FULFILLMENTS);
            case LIST_CANCELLATIONS -> parameters.readLedger(Objects.requireNonNull(id), Ledger.CANCELLATIONS);
            case LIST_RETURNS -> parameters.readLedger(Objects.requireNonNull(id), Ledger.RETURNS);
            default -> {
                parameters.check();
                yield OrderQuery.FIRST_PAGE;
            }
        };
    }

    private static ETagCondition readTags(Optional<ETagCondition> tags, String name, ViolationCollector violations) {
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
