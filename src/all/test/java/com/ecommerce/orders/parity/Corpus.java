package com.ecommerce.orders.parity;

import com.ecommerce.orders.conformance.ConformanceCase;
import com.ecommerce.orders.conformance.Step;
import com.ecommerce.orders.conformance.Tokens;
import com.ecommerce.orders.conformance.Variables;
import com.ecommerce.orders.conformance.WireRequest;
import com.ecommerce.orders.conformance.WireResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sends the conformance suite's cases. What stores nothing (reads, refusals, dry runs, replays) goes to all platforms
 * and is compared; what stores something goes to one, each time to the next.
 */
final class Corpus {

    private final Platforms platforms;
    private final Tokens tokens;
    private final Comparison comparison;
    private int writes;

    Corpus(Platforms platforms, Tokens tokens, Comparison comparison) {
        this.platforms = platforms;
        this.tokens = tokens;
        this.comparison = comparison;
    }

    /**
     * Up to its first step that sends many requests at once, whose outcome is not the same each time, or in which
     * somebody else is in the way.
     */
    void run(ConformanceCase each) {
        Variables variables = Variables.fresh();
        List<Step> steps = each.steps();
        for (int i = 0; i < steps.size() && isAlone(steps.get(i)); i++) {
            Step step = steps.get(i);
            WireRequest request = withFixedHeaders(step.request(tokens, variables));
            WireResponse response = storesNothing(step)
                    ? compare(i == 0 ? each.name() : each.name() + ", step " + (i + 1), request)
                    : platforms.send(nextWriter(), request);
            step.captures().forEach((name, source) -> variables.set(name, response.captured(source)));
        }
    }

    /** Compares the answers of all, and returns the local one. */
    WireResponse compare(String name, WireRequest request) {
        Map<Platform, WireResponse> responses = platforms.sendToAll(request);
        comparison.compare(name, request, responses);
        return responses.get(Platform.LOCAL);
    }

    /** The same request id and host for all, where the request doesn't name others. */
    static WireRequest withFixedHeaders(WireRequest request) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("X-Request-Id", "parity");
        headers.put("Host", "orders.example.org");
        headers.putAll(request.headers());
        return new WireRequest(request.method(), request.path(), headers, request.body());
    }

    private static boolean isAlone(Step step) {
        return step.parallel() == 1 && step.meanwhile() == null;
    }

    private static boolean storesNothing(Step step) {
        var expected = step.expectations().get(0);
        return List.of("GET", "HEAD", "OPTIONS").contains(step.method())
                || expected.status() >= 400
                || step.path().contains("dryRun=true")
                || expected.source()
                        .at("/headers/Idempotent-Replayed")
                        .asString("")
                        .equals("true");
    }

    private Platform nextWriter() {
        return Platform.values()[writes++ % Platform.values().length];
    }
}
