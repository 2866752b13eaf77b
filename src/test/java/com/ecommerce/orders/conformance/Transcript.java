package com.ecommerce.orders.conformance;

import com.ecommerce.orders.testkit.ExactJson;
import com.ecommerce.orders.testkit.WireRequest;
import com.ecommerce.orders.testkit.WireResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The description of a step that failed. */
record Transcript(ConformanceCase of, int stepIndex) {

    private static final int LONGEST_BODY = 6_000;

    String unanswered(WireRequest request, IOException failure) {
        return title() + sent(request) + "\nNO ANSWER: " + failure;
    }

    String mismatch(
            WireRequest request,
            List<WireResponse> responses,
            List<Expectation> expectations,
            List<String> mismatches) {
        StringBuilder told = new StringBuilder(title());
        mismatches.forEach(mismatch -> told.append("\n  - ").append(mismatch));
        told.append(sent(request));
        responses.forEach(response -> told.append(received(response)));
        expectations.forEach(expected -> told.append("\nEXPECTED\n").append(ExactJson.pretty(expected.source())));
        return told.append('\n').toString();
    }

    private String title() {
        return of.displayName() + " (" + of.file() + ": " + of.clause() + "), step " + (stepIndex + 1) + " of "
                + of.steps().size();
    }

    private static String sent(WireRequest request) {
        StringBuilder told = new StringBuilder("\nSENT\n").append(request.line());
        request.headers()
                .forEach((name, value) ->
                        told.append('\n').append(name).append(": ").append(value));
        return told.append(request.body() == null ? "" : body(request.body())).toString();
    }

    private static String received(WireResponse response) {
        StringBuilder told = new StringBuilder("\nRECEIVED\n").append(response.status());
        response.headers()
                .forEach((name, values) -> values.forEach(
                        value -> told.append('\n').append(name).append(": ").append(value)));
        return told.append(body(response.body())).toString();
    }

    private static String body(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return "\n\n"
                + (text.length() <= LONGEST_BODY
                        ? text
                        : text.substring(0, LONGEST_BODY) + "... (" + bytes.length + " bytes)");
    }
}
