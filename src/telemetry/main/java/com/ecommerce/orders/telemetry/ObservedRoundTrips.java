package com.ecommerce.orders.telemetry;

import com.ecommerce.orders.postgres.RoundTripObserver;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times and traces the round trips to the database. Each has the name of the SQL function that its statement calls. */
final class ObservedRoundTrips implements RoundTripObserver {

    private static final Pattern FUNCTION = Pattern.compile("\\bFROM (\\w+)\\(");

    private final ObservationRegistry observations;
    private final Map<String, String> functions = new ConcurrentHashMap<>();

    ObservedRoundTrips(ObservationRegistry observations) {
        this.observations = observations;
    }

    /** Leaves the message of a failure out of the span, because the message may quote an order. */
    @Override
    public <T extends @Nullable Object> T observe(String sql, Supplier<T> roundTrip) {
        Observation observation = start(functions.computeIfAbsent(sql, ObservedRoundTrips::function));
        Observation.Scope scope = observation.openScope();
        try {
            return roundTrip.get();
        } catch (RuntimeException e) {
            String type = e.getClass().getSimpleName();
            observation.lowCardinalityKeyValue("error.type", type);
            Span.current().setStatus(StatusCode.ERROR, type);
            throw e;
        } finally {
            scope.close();
            observation.stop();
        }
    }

    private Observation start(String function) {
        return Observation.start(
                        "db.client.operation.duration",
                        () -> new SenderContext<>((carrier, name, value) -> {}, Kind.CLIENT),
                        observations)
                .contextualName(function)
                .lowCardinalityKeyValue("db.system.name", "postgresql")
                .lowCardinalityKeyValue("db.operation.name", function);
    }

    private static String function(String sql) {
        Matcher function = FUNCTION.matcher(sql);
        return function.find() ? function.group(1) : "query";
    }
}
