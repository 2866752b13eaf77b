package com.ecommerce.orders.http;

import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.observability.RequestLog;
import com.ecommerce.orders.observability.TraceContext;
import com.ecommerce.orders.operation.ProblemCode;
import com.ecommerce.orders.operation.ProblemException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole API as one function. Every adapter calls this function for every request. It throws no exception. */
public final class OrderApi implements Function<ApiRequest, ApiResponse> {

    private static final Logger LOG = LoggerFactory.getLogger(OrderApi.class);
    private static final int MAX_REQUEST_ID_LENGTH = 128;

    private final Router router;
    private final Authenticator authenticator;
    private final Cors cors;
    private final RequestObserver observer;
    private final BasePath basePath;

    OrderApi(Router router, Authenticator authenticator, Cors cors, RequestObserver observer, BasePath basePath) {
        this.router = router;
        this.authenticator = authenticator;
        this.cors = cors;
        this.observer = observer;
        this.basePath = basePath;
    }

    /** @throws Error if the process may be broken; the platform then decides what happens to the request */
    @Override
    public ApiResponse apply(ApiRequest request) {
        String requestId = requestId(request.header("x-request-id"));
        try (RequestLog log = RequestLog.start(requestId, TraceContext.traceId(request.headers()))) {
            RequestObserver.Observation observation = observer.begin(request);
            Error broken = null;
            ApiResponse response;
            try {
                response = answer(request, requestId);
            } catch (Error e) {
                broken = e;
                response = failed(request, requestId, e);
            }
            response = withCommonHeaders(response, request, requestId);
            observation.answered(log.route(), response);
            log.answered(request.method(), response.status());
            if (broken != null) {
                throw broken;
            }
            return request.isHead() ? response.withoutBody() : response;
        }
    }

    private ApiResponse withCommonHeaders(ApiResponse response, ApiRequest request, String requestId) {
        Map<String, String> headers = new LinkedHashMap<>(response.headers());
        headers.put("Cache-Control", "private, no-cache");
        headers.put("X-Request-Id", requestId);
        basePath.prepend(headers);
        cors.addHeaders(request, headers);
        return new ApiResponse(response.status(), headers, response.body());
    }

    /** Handles the request. Turns all problems into responses. */
    private ApiResponse answer(ApiRequest request, String requestId) {
        try {
            ApiRequest inner = basePath.strip(request, router);
            return cors.isPreflight(inner) ? cors.preflight(inner, router) : route(inner);
        } catch (HttpProblemException e) {
            return e.document().toResponse(request.path(), requestId);
        } catch (ProblemException e) {
            return ProblemDocument.of(e.problem()).toResponse(request.path(), requestId);
        } catch (Exception | StackOverflowError e) {
            // Only this request causes a stack overflow. The rest of the process is not harmed.
            return failed(request, requestId, e);
        }
    }

    private static ApiResponse failed(ApiRequest request, String requestId, Throwable failure) {
        LOG.error("The request failed", failure);
        return ProblemDocument.of(
                        ProblemCode.INTERNAL_ERROR,
                        "The API has an internal error. Tell the operator of the API the requestId.")
                .toResponse(request.path(), requestId);
    }

    private ApiResponse route(ApiRequest request) {
        Router.Match match = router.match(request);
        RequestLog.note(RequestLog.ROUTE, match.route());
        if (match.endpoint() instanceof Endpoint.Open open) {
            return open.handle(request, match.pathVariables());
        }
        Endpoint.Secured secured = (Endpoint.Secured) match.endpoint();
        Caller caller = authenticator.authenticate(request);
        RequestLog.note(RequestLog.TENANT, caller.tenant());
        return secured.handle(request, match.pathVariables(), caller);
    }

    /** Returns the request id of the client if it is safe to echo and log, otherwise a new id. */
    static String requestId(@Nullable String given) {
        return given != null && isEchoable(given) ? given : UUID.randomUUID().toString();
    }

    /** Tells whether an id is printable ASCII without spaces at its start and end. */
    private static boolean isEchoable(String id) {
        for (int i = 0; i < id.length(); i++) {
            if (id.charAt(i) < ' ' || id.charAt(i) > '~') {
                return false;
            }
        }
        return !id.isEmpty()
                && id.length() <= MAX_REQUEST_ID_LENGTH
                && id.strip().length() == id.length();
    }
}
