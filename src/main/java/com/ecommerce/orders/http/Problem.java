package com.ecommerce.orders.http;

import com.ecommerce.orders.json.Json;
import com.ecommerce.orders.json.JsonOrderSerializer;
import com.ecommerce.orders.order.Action;
import com.ecommerce.orders.order.OrderProblem;
import com.ecommerce.orders.order.Violation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A problem document (RFC 9457) to be answered.
 *
 * @param order what the function refused, {@code null} if the request did not get that far
 * @param check what makes the API not ready, {@code null} for any other problem
 */
public record Problem(
        ProblemType type,
        String detail,
        List<Violation> violations,
        Map<String, String> headers,
        @Nullable OrderProblem order,
        @Nullable String check) {

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, List.of(), headers(type), null, null);
    }

    public static Problem of(ProblemType type, String detail, Map<String, String> headers) {
        return new Problem(type, detail, List.of(), headers, null, null);
    }

    public static Problem invalid(ProblemType type, List<Violation> violations) {
        OrderProblem problem = OrderProblem.invalid(violations);
        return new Problem(type, problem.detail(), violations, Map.of(), null, null);
    }

    public static Problem of(OrderProblem problem) {
        ProblemType type = ProblemType.valueOf(problem.code().name());
        return new Problem(type, problem.detail(), problem.violations(), headers(type, problem), problem, null);
    }

    /** The API can't serve, since a check failed. Its details are for operators, and stay in the log. */
    public static Problem notReady(String check) {
        ProblemType type = ProblemType.UNAVAILABLE;
        return new Problem(type, "Not ready: " + check, List.of(), headers(type), null, check);
    }

    ApiResponse toResponse(String path, String requestId) {
        byte[] body = Json.write(json -> write(json, path, requestId));
        return ApiResponse.of(type.status(), "application/problem+json", body).with(headers);
    }

    private void write(JsonGenerator json, String path, String requestId) {
        json.writeStartObject();
        json.writeStringProperty("type", type.uri());
        json.writeStringProperty("title", type.title());
        json.writeNumberProperty("status", type.status());
        json.writeStringProperty("detail", detail);
        json.writeStringProperty("instance", path);
        json.writeStringProperty("code", type.name());
        json.writeStringProperty("requestId", requestId);
        json.writeBooleanProperty("retryable", type.isRetryable());
        if (order != null) {
            writeExtensions(json, order);
        }
        if (!violations.isEmpty()) {
            writeViolations(json);
        }
        if (check != null) {
            json.writeStringProperty("check", check);
        }
        json.writeEndObject();
    }

    private static void writeExtensions(JsonGenerator json, OrderProblem order) {
        if (order.required() != null) {
            json.writeStringProperty("requiredScope", order.required().scope());
        }
        if (order.totals() != null) {
            JsonOrderSerializer.writeTotals(json, order.totals());
        }
        Set<Action> allowed = order.allowedActions();
        if (allowed != null) {
            json.writeArrayPropertyStart("allowedActions");
            allowed.forEach(action -> json.writeString(action.text()));
            json.writeEndArray();
        }
    }

    private void writeViolations(JsonGenerator json) {
        json.writeArrayPropertyStart("errors");
        for (Violation violation : violations) {
            json.writeStartObject();
            json.writeStringProperty("pointer", violation.pointer());
            json.writeStringProperty("code", violation.code().name());
            json.writeStringProperty("detail", violation.detail());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static Map<String, String> headers(ProblemType type, OrderProblem problem) {
        if (problem.existing() != null) {
            return Map.of("Location", Paths.order(problem.existing()));
        }
        if (problem.version() != null) {
            return Map.of("ETag", EntityTags.of(problem.version()));
        }
        if (problem.required() != null) {
            // RFC 6750, section 3.1
            return Map.of(
                    "WWW-Authenticate",
                    "Bearer error=\"insufficient_scope\", scope=\""
                            + problem.required().scope() + "\"");
        }
        return headers(type);
    }

    private static Map<String, String> headers(ProblemType type) {
        return switch (type) {
            case UNAUTHENTICATED -> Map.of("WWW-Authenticate", "Bearer");
            case IDEMPOTENCY_IN_FLIGHT, TENANT_BUSY, UNAVAILABLE -> Map.of("Retry-After", "1");
            default -> Map.of();
        };
    }
}
