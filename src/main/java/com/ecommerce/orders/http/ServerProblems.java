package com.ecommerce.orders.http;

import com.ecommerce.orders.operation.ProblemCode;
import com.ecommerce.orders.operation.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Problem documents for requests that an adapter or its server refuses itself, without {@link OrderApi}. */
public final class ServerProblems {

    /** A status of a server, although the client has made the error. */
    private static final int HTTP_VERSION_NOT_SUPPORTED = 505;

    private ServerProblems() {}

    /**
     * Returns a problem response that replaces the server's own error response. Its status is the status of the problem
     * code that fits {@code status}.
     *
     * @param path the path, as far as the server could read it
     * @param givenId the request id that the client has sent, {@code null} if there is none
     */
    public static ApiResponse response(int status, String path, @Nullable String givenId) {
        return toResponse(ProblemDocument.of(code(status), detail(status)), path, givenId);
    }

    /** Returns the problem of a request that an adapter itself handles, and whose parameters break rules. */
    public static ApiResponse invalidParameters(List<Violation> violations, ApiRequest request) {
        ProblemDocument problem = ProblemDocument.invalid(ProblemCode.INVALID_PARAMETER, violations);
        return toResponse(problem, request.path(), request.header("x-request-id"));
    }

    private static ApiResponse toResponse(ProblemDocument problem, String path, @Nullable String givenId) {
        String requestId = OrderApi.requestId(givenId);
        return problem.toResponse(path, requestId)
                .with("Cache-Control", "private, no-cache")
                .with("X-Request-Id", requestId);
    }

    private static ProblemCode code(int status) {
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
            case 404 -> "This path does not exist. GET /openapi.json lists all paths.";
            case 405, 501 -> "The server does not know this method. GET /openapi.json lists all methods.";
            case 408 -> "The request did not arrive in time. Send it again.";
            case 503 -> "The server is shutting down. Send the request again in a moment.";
            default ->
                status < 500 || status == HTTP_VERSION_NOT_SUPPORTED
                        ? "The HTTP request is not valid. Check the path, the headers and their size."
                        : "The API has an internal error. Tell the operator of the API the requestId.";
        };
    }
}
