package com.ecommerce.orders.telemetry;

import com.ecommerce.orders.http.ApiRequest;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;

/**
 * Starts the span of a request in the trace of its caller. The span has the status as a number, as OpenTelemetry's
 * semantic conventions demand. The values of an observation are text.
 */
final class RequestSpanHandler extends PropagatingReceiverTracingObservationHandler<ReceiverContext<ApiRequest>> {

    RequestSpanHandler(Tracer tracer, Propagator propagator) {
        super(tracer, propagator);
    }

    @Override
    public void tagSpan(ReceiverContext<ApiRequest> context, Span span) {
        for (KeyValue value : context.getLowCardinalityKeyValues()) {
            if (value.getKey().equals(RequestTelemetry.STATUS)) {
                span.tag(value.getKey(), Long.parseLong(value.getValue()));
            } else {
                span.tag(value.getKey(), value.getValue());
            }
        }
    }
}
