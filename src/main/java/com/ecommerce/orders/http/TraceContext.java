package com.ecommerce.orders.http;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which trace a request belongs to, by the headers of W3C, Google Cloud and AWS, the first of them that is there. */
public final class TraceContext {

    /** The name of the trace's id in the context of a log line. */
    public static final String TRACE_ID = "traceId";

    // W3C Trace Context, section 3.2.2; ids of zeros are void.
    private static final Pattern TRACEPARENT =
            Pattern.compile("[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");
    private static final Pattern CLOUD_TRACE = Pattern.compile("([0-9a-fA-F]{32})(/[0-9]+)?(;o=[0-9]+)?");
    private static final Pattern X_RAY = Pattern.compile("(?:.*;)?Root=1-([0-9a-f]{8})-([0-9a-f]{24})(?:;.*)?");

    private TraceContext() {}

    /**
     * The id of the trace, 32 hexadecimal digits.
     *
     * @param header gives a header's value by its lower-case name, {@code null} if there is none
     */
    public static @Nullable String traceId(Function<String, @Nullable String> header) {
        Matcher found = match(TRACEPARENT, header.apply("traceparent"));
        if (found == null) {
            found = match(CLOUD_TRACE, header.apply("x-cloud-trace-context"));
        }
        if (found != null) {
            return found.group(1);
        }
        found = match(X_RAY, header.apply("x-amzn-trace-id"));
        return found == null ? null : found.group(1) + found.group(2);
    }

    private static @Nullable Matcher match(Pattern pattern, @Nullable String value) {
        if (value == null) {
            return null;
        }
        Matcher matcher = pattern.matcher(value);
        return matcher.matches() ? matcher : null;
    }
}
