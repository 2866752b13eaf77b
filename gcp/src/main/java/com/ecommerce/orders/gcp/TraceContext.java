package com.ecommerce.orders.gcp;

import com.google.cloud.functions.HttpRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/** Which trace a request belongs to, for the lines that it logs. */
final class TraceContext {

    /** Where {@link CloudLoggingFormat} finds the trace's id. */
    static final String TRACE_ID = "traceId";

    // W3C Trace Context, section 3.2.2; ids of zeros are void.
    private static final Pattern TRACEPARENT =
            Pattern.compile("[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");
    private static final Pattern CLOUD_TRACE = Pattern.compile("([0-9a-fA-F]{32})(/[0-9]+)?(;o=[0-9]+)?");

    private TraceContext() {}

    /** Marks what this thread logs from now on. */
    static void enter(HttpRequest request) {
        String traceId = request.getFirstHeader("traceparent")
                .map(TRACEPARENT::matcher)
                .filter(Matcher::matches)
                .or(() -> request.getFirstHeader("x-cloud-trace-context")
                        .map(CLOUD_TRACE::matcher)
                        .filter(Matcher::matches))
                .map(header -> header.group(1))
                .orElse(null);
        if (traceId != null) {
            MDC.put(TRACE_ID, traceId);
        }
    }

    static void leave() {
        MDC.remove(TRACE_ID);
    }
}
