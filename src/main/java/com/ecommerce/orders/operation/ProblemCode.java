package com.ecommerce.orders.operation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The table of all published problem codes. Problem documents (RFC 9457), the pages {@code /problems/{code}} and the
 * documentation use this table.
 */
public enum ProblemCode {
    INVALID_REQUEST(
            400,
            "The request breaks a rule",
            "Correct what `detail` and `errors` name, and send the request again. Each error has a JSON pointer to its field."),
    INVALID_PARAMETER(
            400,
            "A query parameter or header is wrong",
            "Correct the parameters and headers that `errors` names. A pointer `?limit` means the parameter `limit`."),
    CURSOR_MISMATCH(
            400,
            "The cursor belongs to another list",
            "Send a cursor only with the filters and the sort of the page that it comes from, or start at the first page."),
    UNAUTHENTICATED(
            401, "A valid token is required", "Send `Authorization: Bearer` with a token that has not expired."),
    FORBIDDEN(
            403,
            "The token does not allow this",
            "Ask the issuer for a token with the scope that `requiredScope` names."),
    NOT_FOUND(
            404,
            "The path or the resource does not exist",
            "Check the path and the ids in it. An order of another tenant is not found either."),
    METHOD_NOT_ALLOWED(405, "This path has no such method", "Use one of the methods that the header `Allow` lists."),
    REQUEST_TIMEOUT(
            408, "The request took too long to arrive", "Send the request again, over a faster connection.", true),
    DUPLICATE_EXTERNAL_REF(
            409,
            "The externalRef is taken",
            "Read the order that the header `Location` names, or use another `externalRef`."),
    INVALID_STATE(
            409,
            "The order's status does not allow this",
            "Read the order. `allowedActions` lists what its status allows."),
    INVALID_TRANSITION(
            409,
            "The current status or state does not allow this",
            "For an order, read its `allowedActions`. For a transaction, read its `state`. For a fulfillment or a return,"
                    + " read its `status` and the order's."),
    TRANSACTION_MISMATCH(
            409,
            "The transaction is recorded with other details",
            "Read the transaction that the header `Location` names, and compare it with what the provider reports."),
    FULFILLMENT_MISMATCH(
            409,
            "The reference belongs to another fulfillment",
            "Read the fulfillment that the header `Location` names, or use another `reference`."),
    CURRENCY_MISMATCH(
            409,
            "The currency is not the order's",
            "Read the order, and send the amount in its `currency`. If the provider reports another currency, check the order's"
                    + " id."),
    AMOUNT_EXCEEDED(
            409,
            "The amount is too large",
            "Send at most the amount that `available` names. If a provider has already moved the money, send the transaction"
                    + " with `observed` as true."),
    QUANTITY_EXCEEDED(
            409,
            "The order has too few units",
            "Send at most the quantities that `lines` names as `available`, or read the order's `items` again."),
    LIMIT_EXCEEDED(409, "The order has reached a limit", "`detail` names the limit, and what is still possible."),
    IDEMPOTENCY_IN_FLIGHT(
            409,
            "The first request is still running",
            "Wait for the time that `Retry-After` names, and send the same request with the same key.",
            true),
    CONFLICT(
            409,
            "Other requests changed the order",
            "Send the request again. Nothing of this request was stored.",
            true),
    CURSOR_EXPIRED(
            410,
            "The cursor belongs to an earlier event log",
            "The events after this cursor may be missing. Read the orders that matter to you, and follow the feed again from"
                    + " its beginning or from `latest`."),
    LENGTH_REQUIRED(411, "A body needs a Content-Length", "Send the header `Content-Length` with the body."),
    STALE_VERSION(
            412,
            "The order has changed",
            "Read the order, decide whether the change still applies, and send it with the new ETag as `If-Match`."),
    BODY_TOO_LARGE(413, "The body is too large", "Send a smaller body: fewer items, or shorter texts."),
    UNSUPPORTED_MEDIA_TYPE(
            415, "The body must be plain JSON", "Send `Content-Type: application/json` and no `Content-Encoding`."),
    TOTAL_MISMATCH(
            422,
            "The total does not match expectedTotal",
            "Compare `totals` with your own calculation, and send the order with the right `expectedTotal`."),
    IDEMPOTENCY_KEY_REUSED(
            422,
            "The Idempotency-Key belongs to another request",
            "Use a new key for a new request. Repeat the first request unchanged to read its response again."),
    PRECONDITION_REQUIRED(428, "If-Match is required", "Read the order and send its ETag as `If-Match`."),
    TENANT_BUSY(
            429,
            "Too many requests of one tenant at the same time",
            "Wait for the time that `Retry-After` names, send the request again, and send fewer requests in parallel.",
            true),
    INTERNAL_ERROR(
            500, "Something went wrong on our side", "Tell the operator of the API the `requestId` of the response."),
    UNAVAILABLE(
            503,
            "The API is not available right now",
            "Wait for the time that `Retry-After` names, and send the request again. With an `Idempotency-Key` a mutation is"
                    + " carried out once, however often it is sent.",
            true);

    private final int status;
    private final String title;
    private final String advice;
    private final boolean retryable;

    ProblemCode(int status, String title, String advice) {
        this(status, title, advice, false);
    }

    ProblemCode(int status, String title, String advice, boolean retryable) {
        this.status = status;
        this.title = title;
        this.advice = advice;
        this.retryable = retryable;
    }

    /** Returns the HTTP status of the response. */
    public int status() {
        return status;
    }

    /** Returns a short summary of the problem. All problems with this code have the same summary. */
    public String title() {
        return title;
    }

    /** Returns the advice to the client. Names of members and headers are in backticks. */
    public String advice() {
        return advice;
    }

    /** Tells whether the same request may succeed if it is sent again, later. */
    public boolean isRetryable() {
        return retryable;
    }

    /** Returns the code in kebab case, as it stands at the end of {@link #uri()}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the {@code type} of a problem document: the path of a page about the code. */
    public String uri() {
        return "/problems/" + slug();
    }

    /** Returns the code with this name, or with this {@link #slug()}. Empty if there is no such code. */
    public static Optional<ProblemCode> parse(String text) {
        return Arrays.stream(values())
                .filter(code -> code.slug().equals(text) || code.name().equals(text))
                .findFirst();
    }
}
