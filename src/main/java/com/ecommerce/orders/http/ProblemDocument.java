package com.ecommerce.orders.http;

import com.ecommerce.orders.json.Json;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.operation.ProblemCode;
import com.ecommerce.orders.operation.Violation;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/**
 * A problem document (RFC 9457).
 *
 * @param headers the headers of the response, without {@code Content-Type}
 * @param violations the rules that the request breaks; empty if there are none
 * @param members writes the members that only this kind of problem has, after the members of all problems
 */
public record ProblemDocument(
        ProblemCode code,
        String detail,
        Map<String, String> headers,
        List<Violation> violations,
        Consumer<JsonGenerator> members) {

    private static final Consumer<JsonGenerator> NO_MEMBERS = json -> {};

    /** Returns the document of a problem that its code and detail describe completely. */
    public static ProblemDocument of(ProblemCode code, String detail) {
        return of(code, detail, headers(code));
    }

    static ProblemDocument of(ProblemCode code, String detail, Map<String, String> headers) {
        return new ProblemDocument(code, detail, headers, List.of(), NO_MEMBERS);
    }

    static ProblemDocument of(Problem problem) {
        return problem.accept(new ProblemMapper());
    }

    /** Returns the document of a request that breaks rules; {@code violations} holds at least one. */
    static ProblemDocument invalid(ProblemCode code, List<Violation> violations) {
        return new ProblemDocument(code, Violation.summary(violations), Map.of(), violations, NO_MEMBERS);
    }

    /** Returns the document for an API that is not ready. The details of the failed check are only in the log. */
    static ProblemDocument notReady(String check) {
        return of(ProblemCode.UNAVAILABLE, "Not ready: " + check)
                .with(json -> json.writeStringProperty("check", check));
    }

    /** Returns this document with additional members. */
    ProblemDocument with(Consumer<JsonGenerator> added) {
        return new ProblemDocument(code, detail, headers, violations, added);
    }

    ApiResponse toResponse(String path, String requestId) {
        byte[] body = Json.write(json -> write(json, path, requestId));
        return ApiResponse.of(code.status(), "application/problem+json", body).with(headers);
    }

    private void write(JsonGenerator json, String path, String requestId) {
        json.writeStartObject();
        json.writeStringProperty("type", code.uri());
        json.writeStringProperty("title", code.title());
        json.writeNumberProperty("status", code.status());
        json.writeStringProperty("detail", detail);
        json.writeStringProperty("instance", path);
        json.writeStringProperty("code", code.name());
        json.writeStringProperty("requestId", requestId);
        json.writeBooleanProperty("retryable", code.isRetryable());
        if (!violations.isEmpty()) {
            writeViolations(json);
        }
        members.accept(json);
        json.writeEndObject();
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

    private static Map<String, String> headers(ProblemCode code) {
        return switch (code) {
            case UNAUTHENTICATED -> Map.of("WWW-Authenticate", "Bearer");
            case IDEMPOTENCY_IN_FLIGHT, TENANT_BUSY, UNAVAILABLE -> Map.of("Retry-After", "1");
            default -> Map.of();
        };
    }
}
