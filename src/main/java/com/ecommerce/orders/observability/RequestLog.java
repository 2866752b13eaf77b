package com.ecommerce.orders.observability;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The log of one request. It writes one line for the request, and adds the request id to all other lines of the request.
 *
 * <p>Noted values are added to the line, as separate fields in JSON logs. Never note a token, a name, an e-mail or an
 * address.
 */
public final class RequestLog implements AutoCloseable {

    public static final String ROUTE = "route";
    public static final String TENANT = "tenant";
    public static final String ORDER = "orderId";
    public static final String AMOUNT = JsonLogEncoder.AMOUNT;

    private static final Logger LOG = LoggerFactory.getLogger("com.ecommerce.orders.requests");
    private static final String REQUEST_ID = "requestId";
    private static final String METHOD = "method";

    /** The methods that the log shows. Other methods are text from a client and are not logged. */
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /** The routes that a platform calls every few seconds. Their successes would hide the other lines. */
    private static final Set<String> PROBES = Set.of("/health", "/ready");

    private static final int FIRST_FAILURE = 400;

    private static final String NONE = "-";
    private static final int NANOS_PER_MICRO = 1_000;

    private final long start = System.nanoTime();
    /** The context of this thread before the request. */
    private final @Nullable Map<String, String> before = MDC.getCopyOfContextMap();

    private RequestLog() {}

    public static RequestLog start(String requestId, @Nullable String traceId) {
        RequestLog log = new RequestLog();
        MDC.put(REQUEST_ID, requestId);
        note(TraceContext.TRACE_ID, traceId);
        return log;
    }

    public static void note(String name, @Nullable Object value) {
        if (value != null) {
            MDC.put(name, value.toString());
        }
    }

    /** Returns the noted route; {@code null} if there is none. */
    public @Nullable String route() {
        return MDC.get(ROUTE);
    }

    /** Writes the line of the request. A probe that succeeds is logged at the level DEBUG. */
    public void answered(String method, int status) {
        String route = route();
        boolean isQuiet = status < FIRST_FAILURE && route != null && PROBES.contains(route);
        if (isQuiet ? LOG.isDebugEnabled() : LOG.isInfoEnabled()) {
            String verb = METHODS.contains(method) ? method : NONE;
            String code = Integer.toString(status);
            String micros = Long.toString((System.nanoTime() - start) / NANOS_PER_MICRO);
            MDC.put(METHOD, verb);
            MDC.put(JsonLogEncoder.STATUS, code);
            MDC.put(JsonLogEncoder.DURATION, micros);
            String line = verb + " " + (route == null ? NONE : route) + " " + code + " in " + micros + " us";
            if (isQuiet) {
                LOG.debug(line);
            } else {
                LOG.info(line);
            }
        }
    }

    @Override
    public void close() {
        if (before == null) {
            MDC.clear();
        } else {
            MDC.setContextMap(before);
        }
    }
}
