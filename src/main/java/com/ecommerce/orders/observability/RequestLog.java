package com.ecommerce.orders.observability;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One line for each request, and its id in every other line meanwhile. What is noted is logged beside the line, as
 * fields of their own where logs are JSON; never a token, a name, an e-mail or an address.
 */
public final class RequestLog implements AutoCloseable {

    public static final String ROUTE = "route";
    public static final String TENANT = "tenant";
    public static final String ORDER = "orderId";
    public static final String AMOUNT = JsonLogWriter.AMOUNT;

    private static final Logger LOG = LoggerFactory.getLogger("com.ecommerce.orders.requests");
    private static final String REQUEST_ID = "requestId";
    private static final String METHOD = "method";

    /** Others are not repeated, whatever a client makes of them. */
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private static final String NONE = "-";
    private static final int NANOS_PER_MICRO = 1_000;

    private final long start = System.nanoTime();
    /** What others had noted on this thread. */
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

    /** The route that was noted, {@code null} if there is none. */
    public @Nullable String route() {
        return MDC.get(ROUTE);
    }

    public void answered(String method, int status) {
        if (LOG.isInfoEnabled()) {
            String route = route();
            String verb = METHODS.contains(method) ? method : NONE;
            String code = Integer.toString(status);
            String micros = Long.toString((System.nanoTime() - start) / NANOS_PER_MICRO);
            MDC.put(METHOD, verb);
            MDC.put(JsonLogWriter.STATUS, code);
            MDC.put(JsonLogWriter.DURATION, micros);
            LOG.info(verb + " " + (route == null ? NONE : route) + " " + code + " in " + micros + " us");
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
