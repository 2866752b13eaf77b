package com.ecommerce.orders.telemetry;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.ApiResponse;
import com.ecommerce.orders.http.RequestObserver;
import com.ecommerce.orders.observability.TraceContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The telemetry of requests: times and traces, with the names of OpenTelemetry's semantic conventions for HTTP servers.
 *
 * <p>Metrics have the route as a tag, never the tenant, because a metric must have few different tags. The path of a
 * request is left out, because it may contain an order's id.
 */
final class RequestTelemetry implements RequestObserver {

    static final String STATUS = "http.response.status_code";

    private static final int SERVER_ERRORS = 500;

    /** The methods of the conventions. A client may send any other word. */
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE");

    private static final String OTHER_METHOD = "_OTHER";
    private static final String ROUTE = "http.route";

    private final ObservationRegistry observations;
    private final MeterRegistry meters;

    RequestTelemetry(ObservationRegistry observations, MeterRegistry meters) {
        this.observations = observations;
        this.meters = meters;
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // The returned observation closes the scope.
    public Observation begin(ApiRequest request) {
        String method = METHODS.contains(request.method()) ? request.method() : OTHER_METHOD;
        var observation = start(method, request);
        var scope = observation.openScope();
        MDC.put(TraceContext.TRACE_ID, Span.current().getSpanContext().getTraceId());
        return (route, response) -> {
            describe(observation, method, route, response);
            scope.close();
            observation.stop();
        };
    }

    private io.micrometer.observation.Observation start(String method, ApiRequest request) {
        ReceiverContext<ApiRequest> context =
                new ReceiverContext<>((sent, header) -> sent.headers().get(header), Kind.SERVER);
        context.setCarrier(request);
        context.setContextualName(spanName(method, null));
        return io.micrometer.observation.Observation.start("http.server.request.duration", () -> context, observations)
                .lowCardinalityKeyValue("http.request.method", method)
                .lowCardinalityKeyValue("url.scheme", scheme(request));
    }

    /** Returns the scheme that the client used, if a proxy has sent the scheme. */
    private static String scheme(ApiRequest request) {
        String forwarded = request.headers().get("x-forwarded-proto");
        return forwarded != null && forwarded.toLowerCase(Locale.ROOT).startsWith("https") ? "https" : "http";
    }

    private static String spanName(String method, @Nullable String route) {
        String verb = OTHER_METHOD.equals(method) ? "HTTP" : method;
        return route == null ? verb : verb + " " + route;
    }

    private void describe(
            io.micrometer.observation.Observation observation,
            String method,
            @Nullable String route,
            ApiResponse response) {
        String status = Integer.toString(response.status());
        observation.contextualName(spanName(method, route)).lowCardinalityKeyValue(STATUS, status);
        if (response.status() >= SERVER_ERRORS) {
            observation.lowCardinalityKeyValue("error.type", status);
            Span.current().setStatus(StatusCode.ERROR);
        }
        if (route != null) {
            observation.lowCardinalityKeyValue(ROUTE, route);
            if (response.headers().containsKey("Idempotent-Replayed")) {
                meters.counter("orders.idempotent.replays", ROUTE, route).increment();
            }
        }
    }
}
