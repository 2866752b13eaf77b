package com.ecommerce.orders.http;

import com.ecommerce.orders.identity.Permission;
import com.ecommerce.orders.json.JsonOrderSerializer;
import com.ecommerce.orders.operation.Action;
import com.ecommerce.orders.operation.Ledger;
import com.ecommerce.orders.operation.LedgerProblem;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrderProblem;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.operation.Violation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** Maps each problem to its document, with its own members and headers. */
final class ProblemMapper implements Problem.Visitor<ProblemDocument> {

    @Override
    public ProblemDocument plain(Problem problem) {
        return ProblemDocument.of(problem.code(), problem.detail());
    }

    @Override
    public ProblemDocument violations(Problem problem, List<Violation> violations) {
        return ProblemDocument.invalid(problem.code(), violations);
    }

    /** Adds the challenge of RFC 6750, section 3.1. */
    @Override
    public ProblemDocument missingPermission(Problem problem, Permission required) {
        String challenge = "Bearer error=\"insufficient_scope\", scope=\"" + required.scope() + "\"";
        return withHeader(problem, "WWW-Authenticate", challenge)
                .with(json -> json.writeStringProperty("requiredScope", required.scope()));
    }

    @Override
    public ProblemDocument currentVersion(Problem problem, int version) {
        return withHeader(problem, "ETag", EntityTags.of(version));
    }

    @Override
    public ProblemDocument existingOrder(Problem problem, OrderId existing) {
        return withHeader(problem, "Location", Paths.order(existing));
    }

    @Override
    public ProblemDocument existingEntry(Problem problem, OrderId order, Ledger ledger, UUID existing) {
        return withHeader(problem, "Location", Paths.entry(order, ledger, existing));
    }

    @Override
    public ProblemDocument totalMismatch(OrderProblem.TotalMismatch problem) {
        return withMembers(problem, json -> JsonOrderSerializer.writeTotals(json, problem.computed()));
    }

    @Override
    public ProblemDocument allowedActions(Problem problem, Set<Action> actions) {
        return withMembers(problem, json -> writeActions(json, actions));
    }

    @Override
    public ProblemDocument availableAmount(Problem problem, long amount) {
        return withMembers(problem, json -> json.writeNumberProperty("available", amount));
    }

    @Override
    public ProblemDocument availableUnits(Problem problem, List<LedgerProblem.QuantityExceeded.Line> lines) {
        return withMembers(problem, json -> writeLines(json, lines));
    }

    private static ProblemDocument withHeader(Problem problem, String name, String value) {
        return ProblemDocument.of(problem.code(), problem.detail(), Map.of(name, value));
    }

    private static ProblemDocument withMembers(Problem problem, Consumer<JsonGenerator> members) {
        return ProblemDocument.of(problem.code(), problem.detail()).with(members);
    }

    private static void writeLines(JsonGenerator json, List<LedgerProblem.QuantityExceeded.Line> lines) {
        json.writeArrayPropertyStart("lines");
        for (LedgerProblem.QuantityExceeded.Line line : lines) {
            json.writeStartObject();
            json.writeNumberProperty("lineNumber", line.lineNumber());
            json.writeNumberProperty("requested", line.requested());
            json.writeNumberProperty("available", line.available());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeActions(JsonGenerator json, Set<Action> actions) {
        json.writeArrayPropertyStart("allowedActions");
        actions.forEach(action -> json.writeString(action.text()));
        json.writeEndArray();
    }
}
