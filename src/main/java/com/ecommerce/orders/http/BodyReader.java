package com.ecommerce.orders.http;

import com.ecommerce.orders.json.StrictJson;
import com.ecommerce.orders.operation.ProblemCode;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A reader of the body of an HTTP request. It checks the size and the media type first. */
public final class BodyReader {

    private BodyReader() {}

    /**
     * Checks the size and the type of the body. If the headers are enough to refuse the body, the body is not read.
     *
     * @throws HttpProblemException if the body is refused
     */
    public static void check(ApiRequest request) {
        long announced = request.body().length();
        check(request, announced);
        byte[] body = bytes(request);
        if (body == null) {
            throw new HttpProblemException(
                    ProblemCode.LENGTH_REQUIRED, "The request has a body but no Content-Length header. Send one.");
        }
        if (body.length != announced) {
            check(request, body.length);
        }
    }

    private static void check(ApiRequest request, long length) {
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
    public static @Nullable JsonNode read(ApiRequest request) {
        byte[] body = bytes(request);
        return body == null || body.length == 0 ? null : StrictJson.read(body);
    }
}
