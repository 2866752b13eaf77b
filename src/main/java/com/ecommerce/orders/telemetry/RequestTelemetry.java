package com.ecommerce.orders.telemetry;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.ApiResponse;
import com.ecommerce.orders.http.RequestObserver;
import com.ecommerce.orders.http.TraceContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Times and traces requests, named as OpenTelemetry's semantic conventions for HTTP servers name them. Tagged by route,
 * never by tenant: a metric's tags must be few.
 */
final class RequestTelemetry implements RequestObserver {

    private static final int SERVER_ERRORS = 500;
    private static final String NO_ROUTE = "none";

    private final MeterRegistry meters;
    private final Tracer tracer;

    RequestTelemetry(MeterRegistry meters, Tracer tracer) {
        this.meters = meters;
        this.tracer = tracer;
    }

    @Override
    public Observation begin(ApiRequest request) {
        Timer.Sample sample = Timer.start(meters);
        Context caller = W3CTraceContextPropagator.getInstance().extract(Context.root(), request, Headers.READER);
        Span span = tracer.spanBuilder(request.method())
                .setParent(caller)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute("http.request.method", request.method())
                .startSpan();
        Scope scope = span.makeCurrent();
        MDC.put(TraceContext.TRACE_ID, span.getSpanContext().getTraceId());
        return (route, response) -> {
            scope.close();
            end(span, sample, request.method(), route == null ? NO_ROUTE : route, response);
        };
    }

    private void end(Span span, Timer.Sample sample, String method, String route, ApiResponse response) {
        sample.stop(Timer.builder("http.server.request.duration")
                .tag("http.request.method", NO_ROUTE.equals(route) ? "_OTHER" : method)
                .tag("http.route", route)
                .tag("http.response.status_code", Integer.toString(response.status()))
                .register(meters));
        if (response.headers().containsKey("Idempotent-Replayed")) {
            meters.counter("orders.idempotent.replays", "http.route", route).increment();
        }
        span.updateName(method + " " + route);
        span.setAttribute("http.route", route);
        span.setAttribute("http.response.status_code", response.status());
        if (response.status() >= SERVER_ERRORS) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }

    /** Reads the headers that carry the caller's trace. */
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
