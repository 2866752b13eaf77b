package com.ecommerce.orders.parity;

import com.ecommerce.orders.conformance.ConformanceCase;
import com.ecommerce.orders.conformance.Step;
import com.ecommerce.orders.conformance.Variables;
import com.ecommerce.orders.testkit.Tokens;
import com.ecommerce.orders.testkit.WireRequest;
import com.ecommerce.orders.testkit.WireResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The cases of the conformance suite, sent to all platforms. A request that stores nothing (a read, a refusal, a dry run, a
 * replay) goes to all platforms, and the responses are compared. A request that stores something goes to one platform, and
 * the next such request to the next platform.
 */
final class Corpus {

    private static final List<Platform> PLATFORMS = List.of(Platform.values());

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
     * Runs the steps up to the first one whose outcome can vary: it sends many requests at once, or another transaction
     * holds a lock.
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

    /** Compares the responses of all platforms, and returns the local response. */
    WireResponse compare(String name, WireRequest request) {
        Map<Platform, WireResponse> responses = platforms.sendToAll(request);
        comparison.compare(name, request, responses);
        return responses.get(Platform.LOCAL);
    }

    /** Returns the request with a fixed request id and host, unless the request already has these headers. */
    static WireRequest withFixedHeaders(WireRequest request) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("X-Request-Id", "parity");
        headers.put("Host", "orders.example.org");
        headers.putAll(request.headers());
        return new WireRequest(request.method(), request.path(), headers, request.body());
    }

    private static boolean isAlone(Step step) {
        return step.parallel() == 1 && step.concurrently() == null;
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
        return PLATFORMS.get(writes++ % PLATFORMS.size());
    }
}
