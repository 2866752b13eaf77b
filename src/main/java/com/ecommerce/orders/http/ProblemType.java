package com.ecommerce.orders.http;

import java.util.Locale;

/** Every kind of problem that the API answers; the names are the published codes. */
public enum ProblemType {
    INVALID_REQUEST(400, "The request breaks a rule"),
    INVALID_PARAMETER(400, "A query parameter or header is wrong"),
    CURSOR_MISMATCH(400, "The cursor belongs to another list"),
    UNAUTHENTICATED(401, "A valid token is required"),
    FORBIDDEN(403, "The token does not allow this"),
    NOT_FOUND(404, "There is no such thing"),
    METHOD_NOT_ALLOWED(405, "This path has no such method"),
    REQUEST_TIMEOUT(408, "The request took too long to arrive", true),
    DUPLICATE_EXTERNAL_REF(409, "The externalRef is taken"),
    INVALID_STATE(409, "The order's status does not allow this"),
    INVALID_TRANSITION(409, "The order's status does not allow this"),
    IDEMPOTENCY_IN_FLIGHT(409, "The first request is still running", true),
    CONFLICT(409, "Others changed the order at the same time", true),
    LENGTH_REQUIRED(411, "A body needs a Content-Length"),
    STALE_VERSION(412, "The order has changed"),
    BODY_TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body must be plain JSON"),
    TOTAL_MISMATCH(422, "The order costs something else"),
    IDEMPOTENCY_KEY_REUSED(422, "The Idempotency-Key belongs to another request"),
    PRECONDITION_REQUIRED(428, "If-Match is required"),
    TENANT_BUSY(429, "Too many requests of one tenant at once", true),
    INTERNAL_ERROR(500, "Something went wrong on our side"),
    UNAVAILABLE(503, "The API can't serve right now", true);

    private final int status;
    private final String title;
    private final boolean retryable;

    ProblemType(int status, String title) {
        this(status, title, false);
    }

    ProblemType(int status, String title, boolean retryable) {
        this.status = status;
        this.title = title;
        this.retryable = retryable;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** Whether the same request may succeed if it is sent again, later. */
    public boolean isRetryable() {
        return retryable;
    }

    /** The {@code type} of a problem document. */
    public String uri() {
        return "/problems/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
