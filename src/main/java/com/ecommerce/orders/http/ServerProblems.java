package com.ecommerce.orders.http;

import com.ecommerce.orders.order.ProblemCode;
import org.jspecify.annotations.Nullable;

/** Problem documents for what a server refuses by itself, before a request gets to {@link OrderApi}. */
public final class ServerProblems {

    /** A server's status for a fault of the client's. */
    private static final int HTTP_VERSION_NOT_SUPPORTED = 505;

    private ServerProblems() {}

    /**
     * The answer in place of the server's own; its status is the one that our problems have for the server's.
     *
     * @param path as far as the server could read it
     * @param givenId the request's id as its sender gave it, {@code null} if there is none
     */
    public static ApiResponse response(int status, String path, @Nullable String givenId) {
        String requestId = OrderApi.requestId(givenId);
        return ProblemDocument.of(type(status), detail(status))
                .toResponse(path, requestId)
                .with("Cache-Control", "private, no-cache")
                .with("X-Request-Id", requestId);
    }

    private static ProblemCode type(int status) {
        return switch (status) {
            case 404 -> ProblemCode.NOT_FOUND;
            case 405, 501 -> ProblemCode.METHOD_NOT_ALLOWED;
            case 408 -> ProblemCode.REQUEST_TIMEOUT;
            case 413 -> ProblemCode.BODY_TOO_LARGE;
            case 503 -> ProblemCode.UNAVAILABLE;
            case HTTP_VERSION_NOT_SUPPORTED -> ProblemCode.INVALID_REQUEST;
            default -> status < 500 ? ProblemCode.INVALID_REQUEST : ProblemCode.INTERNAL_ERROR;
        };
    }

    private static String detail(int status) {
        return switch (status) {
            case 404 -> "There is nothing at this path; GET /openapi.json lists what there is";
            case 405, 501 -> "The server does not know this method";
            case 408 -> "The request did not arrive in time. Send it again.";
            case 503 -> "The server is shutting down; send the request again in a moment";
            default ->
                status < 500 || status == HTTP_VERSION_NOT_SUPPORTED
                        ? "This is not a valid HTTP request: check the path, the headers and their size"
                        : "This is our fault; tell us the requestId and we find out what happened";
        };
    }
}
