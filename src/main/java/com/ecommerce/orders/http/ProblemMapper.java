package com.ecommerce.orders.http;

import com.ecommerce.orders.json.JsonOrderSerializer;
import com.ecommerce.orders.operation.Action;
import com.ecommerce.orders.operation.Ledger;
import com.ecommerce.orders.operation.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** Maps each kind of problem to its document. */
final class ProblemMapper implements Problem.Visitor<ProblemDocument> {

    @Override
    public ProblemDocument plain(Problem problem) {
        return ProblemDocument.of(problem.code(), problem.detail());
    }

    @Override
    public ProblemDocument invalidRequest(Problem.InvalidRequest problem) {
        return ProblemDocument.invalid(problem.code(), problem.violations());
    }

    @Override
    public ProblemDocument invalidParameter(Problem.InvalidParameter problem) {
        return ProblemDocument.invalid(problem.code(), List.of(problem.violation()));
    }

    /** Adds the challenge of RFC 6750, section 3.1. */
    @Override
    public ProblemDocument forbidden(Problem.Forbidden problem) {
        String scope = problem.required().scope();
        String challenge = "Bearer error=\"insufficient_scope\", scope=\"" + scope + "\"";
        return ProblemDocument.of(problem.code(), problem.detail(), Map.of("WWW-Authenticate", challenge))
                .with(json -> json.writeStringProperty("requiredScope", scope));
    }

    @Override
    public ProblemDocument staleVersion(Problem.StaleVersion problem) {
        return ProblemDocument.of(problem.code(), problem.detail(), Map.of("ETag", EntityTags.of(problem.current())));
    }

    @Override
    public ProblemDocument duplicateExternalRef(Problem.DuplicateExternalRef problem) {
        return withLocation(problem, Paths.order(problem.existing()));
    }

    @Override
    public ProblemDocument totalMismatch(Problem.TotalMismatch problem) {
        return withMembers(problem, json -> JsonOrderSerializer.writeTotals(json, problem.computed()));
    }

    @Override
    public ProblemDocument invalidState(Problem.InvalidState problem) {
        return withMembers(problem, json -> writeActions(json, problem.allowedActions()));
    }

    @Override
    public ProblemDocument invalidTransition(Problem.InvalidTransition problem) {
        return withMembers(problem, json -> writeActions(json, problem.allowedActions()));
    }

    @Override
    public ProblemDocument transactionMismatch(Problem.TransactionMismatch problem) {
        return withLocation(problem, Paths.entry(problem.order(), Ledger.TRANSACTIONS, problem.existing()));
    }

    @Override
    public ProblemDocument fulfillmentMismatch(Problem.FulfillmentMismatch problem) {
        return withLocation(problem, Paths.entry(problem.order(), Ledger.FULFILLMENTS, problem.existing()));
    }

    @Override
    public ProblemDocument amountExceeded(Problem.AmountExceeded problem) {
        return withMembers(problem, json -> json.writeNumberProperty("available", problem.available()));
    }

    @Override
    public ProblemDocument feeExceeded(Problem.FeeExceeded problem) {
        return withMembers(problem, json -> json.writeNumberProperty("available", problem.available()));
    }

    @Override
    public ProblemDocument quantityExceeded(Problem.QuantityExceeded problem) {
        return withMembers(problem, json -> writeLines(json, problem.lines()));
    }

    private static ProblemDocument withLocation(Problem problem, String path) {
        return ProblemDocument.of(problem.code(), problem.detail(), Map.of("Location", path));
    }

    private static ProblemDocument withMembers(Problem problem, Consumer<JsonGenerator> members) {
        return ProblemDocument.of(problem.code(), problem.detail(), Map.of()).with(members);
    }

    private static void writeLines(JsonGenerator json, List<Problem.QuantityExceeded.Line> lines) {
        json.writeArrayPropertyStart("lines");
        for (Problem.QuantityExceeded.Line line : lines) {
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
