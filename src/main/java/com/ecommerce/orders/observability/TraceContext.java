package com.ecommerce.orders.observability;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A reader of the trace id of a request. It uses the first header that is present: W3C, then Google Cloud, then AWS. */
public final class TraceContext {

    /** The name of the trace id in the context of a log line. */
    public static final String TRACE_ID = "traceId";

    /** The pattern of W3C Trace Context, section 3.2.2. An id of only zeros is invalid. */
    private static final Pattern TRACEPARENT =
            Pattern.compile("[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

    private static final Pattern CLOUD_TRACE = Pattern.compile("([0-9a-fA-F]{32})(/[0-9]+)?(;o=[0-9]+)?");
    private static final String X_RAY_ROOT = "Root=1-";
    private static final int X_RAY_TIME_DIGITS = 8;
    private static final int X_RAY_DIGITS = 32;

    private TraceContext() {}

    /**
     * Returns the trace id, which has 32 hexadecimal digits.
     *
     * @param headers the headers by their lower-case names
     * @return {@code null} if no header has a trace id
     */
    public static @Nullable String traceId(Map<String, String> headers) {
        String traceparent = headers.get("traceparent");
        String id = traceparent == null ? null : match(TRACEPARENT, traceparent);
        String cloudTrace = id == null ? headers.get("x-cloud-trace-context") : null;
        if (cloudTrace != null) {
            id = match(CLOUD_TRACE, cloudTrace);
        }
        return id == null ? matchXRay(headers.get("x-amzn-trace-id")) : id;
    }

    private static @Nullable String match(Pattern pattern, String value) {
        Matcher matcher = pattern.matcher(value);
        return matcher.matches() ? matcher.group(1) : null;
    }

    /** Reads the trace id of AWS. It is one field of the header: {@code Root=1-<8 digits>-<24 digits>}. */
    private static @Nullable String matchXRay(@Nullable String value) {
        int root = value == null ? -1 : value.indexOf(X_RAY_ROOT);
        if (value == null || root < 0 || root > 0 && value.charAt(root - 1) != ';') {
            return null;
        }
        int start = root + X_RAY_ROOT.length();
        int dash = start + X_RAY_TIME_DIGITS;
        int end = start + X_RAY_DIGITS + 1;
        if (value.length() < end || value.charAt(dash) != '-' || value.length() > end && value.charAt(end) != ';') {
            return null;
        }
        String id = value.substring(start, dash) + value.substring(dash + 1, end);
        return isHexadecimal(id) ? id : null;
    }

    private static boolean isHexadecimal(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }
}
