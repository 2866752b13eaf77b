package com.ecommerce.orders.order;

import com.ecommerce.orders.identity.Permission;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was refused.
 *
 * @param detail what is wrong and what to do next, for a person
 * @param violations every rule that the request breaks, for {@link Code#INVALID_REQUEST}
 * @param version the order's current version, for {@link Code#STALE_VERSION}
 * @param existing the order that has the external reference, for {@link Code#DUPLICATE_EXTERNAL_REF}
 * @param totals what the order would cost, for {@link Code#TOTAL_MISMATCH}
 * @param allowedActions what the order's status allows, for {@link Code#INVALID_STATE} and
 *     {@link Code#INVALID_TRANSITION}
 * @param required what the caller lacks, for {@link Code#FORBIDDEN}
 */
public record OrderProblem(
        Code code,
        String detail,
        List<Violation> violations,
        @Nullable Integer version,
        @Nullable OrderId existing,
        @Nullable Totals totals,
        @Nullable Set<Action> allowedActions,
        @Nullable Permission required)
        implements OrderResponse {

    /** The kinds of refusal. Names are part of the published contract. */
    public enum Code {
        INVALID_REQUEST,
        FORBIDDEN,
        NOT_FOUND,
        PRECONDITION_REQUIRED,
        STALE_VERSION,
        DUPLICATE_EXTERNAL_REF,
        INVALID_STATE,
        INVALID_TRANSITION,
        IDEMPOTENCY_IN_FLIGHT,
        CONFLICT,
        TOTAL_MISMATCH,
        IDEMPOTENCY_KEY_REUSED,
        TENANT_BUSY,
        UNAVAILABLE
    }

    public OrderProblem {
        violations = List.copyOf(violations);
    }

    /** The request itself breaks rules. */
    public static OrderProblem invalid(List<Violation> violations) {
        return new OrderProblem(
                Code.INVALID_REQUEST,
                violations.size() == 1
                        ? violations.get(0).detail()
                        : "The request breaks " + violations.size() + " rules; errors lists them",
                violations,
                null,
                null,
                null,
                null,
                null);
    }

    /** The request itself breaks a rule. */
    public static OrderProblem invalid(Violation violation) {
        return invalid(List.of(violation));
    }

    /** The caller lacks a permission. */
    public static OrderProblem forbidden(Permission required) {
        return new OrderProblem(
                Code.FORBIDDEN,
                "The credential lacks the scope " + required.scope() + "; ask for one that has it",
                List.of(),
                null,
                null,
                null,
                null,
                required);
    }

    /** The caller's tenant has no such order. */
    public static OrderProblem notFound(OrderId id) {
        return of(Code.NOT_FOUND, "There is no order " + id);
    }

    static OrderProblem preconditionRequired() {
        return of(
                Code.PRECONDITION_REQUIRED,
                "An update needs If-Match with the ETag of the order that it changes; read the order first");
    }

    static OrderProblem stale(int current) {
        return new OrderProblem(
                Code.STALE_VERSION,
                "The order is at version " + current + " now. Read it, and send the change again if it still applies.",
                List.of(),
                current,
                null,
                null,
                null,
                null);
    }

    static OrderProblem duplicateExternalRef(OrderId existing) {
        return new OrderProblem(
                Code.DUPLICATE_EXTERNAL_REF,
                "Order " + existing + " has this externalRef already; read that one, or use another externalRef",
                List.of(),
                null,
                existing,
                null,
                null,
                null);
    }

    static OrderProblem totalMismatch(Totals computed) {
        return new OrderProblem(
                Code.TOTAL_MISMATCH,
                "The order would cost " + computed.grandTotal()
                        + ", not what expectedTotal says; compare totals with yours",
                List.of(),
                null,
                null,
                computed,
                null,
                null);
    }

    static OrderProblem invalidState(Order order, String detail) {
        return refusedBy(order, Code.INVALID_STATE, detail);
    }

    static OrderProblem invalidTransition(Order order, Action action) {
        return refusedBy(
                order,
                Code.INVALID_TRANSITION,
                "The order is " + order.status() + ", which does not allow " + action.text());
    }

    private static OrderProblem refusedBy(Order order, Code code, String detail) {
        String allowed = order.allowedActions().stream().map(Action::text).collect(Collectors.joining(", "));
        return new OrderProblem(
                code,
                detail + (allowed.isEmpty() ? "; it is final" : "; allowed are " + allowed),
                List.of(),
                null,
                null,
                null,
                order.allowedActions(),
                null);
    }

    /** A refusal that its code and detail say all about. */
    public static OrderProblem of(Code code, String detail) {
        return new OrderProblem(code, detail, List.of(), null, null, null, null, null);
    }

    @Override
    public <T> T fold(Cases<T> cases) {
        return cases.problem(this);
    }
}
