package com.ecommerce.orders.telemetry;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.ApiResponse;
import com.ecommerce.orders.http.RequestObserver;
import com.ecommerce.orders.observability.TraceContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
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

    private static final int SERVER_ERRORS = 500;

    /** The methods of the conventions. A client may send any other word. */
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE");

    private static final String OTHER_METHOD = "_OTHER";

    private final MeterRegistry meters;
    private final Durations durations;
    private final Tracer tracer;

    RequestTelemetry(MeterRegistry meters, Tracer tracer) {
        this.meters = meters;
        this.durations = new Durations(
                meters,
                "http.server.request.duration",
                0.005,
                0.01,
                0.025,
                0.05,
                0.075,
                0.1,
                0.25,
                0.5,
                0.75,
                1,
                2.5,
                5,
                7.5,
                10);
        this.tracer = tracer;
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // The returned observation closes the scope.
    public Observation begin(ApiRequest request) {
        long start = System.nanoTime();
        String method = METHODS.contains(request.method()) ? request.method() : OTHER_METHOD;
        String scheme = scheme(request);
        Context caller = W3CTraceContextPropagator.getInstance().extract(Context.root(), request, Headers.READER);
        Span span = tracer.spanBuilder(spanName(method, null))
                .setParent(caller)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute("http.request.method", method)
                .setAttribute("url.scheme", scheme)
                .startSpan();
        Scope scope = span.makeCurrent();
        MDC.put(TraceContext.TRACE_ID, span.getSpanContext().getTraceId());
        return (route, response) -> {
            scope.close();
            durations.record(start, tags(method, scheme, route, response.status()));
            count(route, response);
            end(span, spanName(method, route), route, response.status());
        };
    }

    /** Returns the scheme that the client used, if a proxy has sent the scheme. */
    private static String scheme(ApiRequest request) {
        String forwarded = request.headers().get("x-forwarded-proto");
        return forwarded != null && forwarded.toLowerCase(Locale.ROOT).startsWith("https") ? "https" : "http";
    }

    private static Tags tags(String method, String scheme, @Nullable String route, int status) {
        String code = Integer.toString(status);
        Tags tags = Tags.of("http.request.method", method, "url.scheme", scheme, "http.response.status_code", code);
        if (route != null) {
            tags = tags.and("http.route", route);
        }
        return status < SERVER_ERRORS ? tags : tags.and("error.type", code);
    }

    private static String spanName(String method, @Nullable String route) {
        String verb = OTHER_METHOD.equals(method) ? "HTTP" : method;
        return route == null ? verb : verb + " " + route;
    }

    private void count(@Nullable String route, ApiResponse response) {
        if (route != null && response.headers().containsKey("Idempotent-Replayed")) {
            meters.counter("orders.idempotent.replays", "http.route", route).increment();
        }
    }

    private static void end(Span span, String name, @Nullable String route, int status) {
        span.updateName(name);
        span.setAttribute("http.response.status_code", status);
        if (route != null) {
            span.setAttribute("http.route", route);
        }
        if (status >= SERVER_ERRORS) {
            span.setAttribute("error.type", Integer.toString(status));
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }

    /** A reader of the headers with the caller's trace. */
    private enum Headers implements TextMapGetter<ApiRequest> {
        READER;

        @Override
        public Iterable<String> keys(ApiRequest request) {
            return request.headers().keySet();
        }

        @Override
        public @Nullable String get(@Nullable ApiRequest request, String name) {
            return request == null ? null : request.headers().get(name);
        }
    }
}
