package com.ecommerce.orders.conformance;

import com.ecommerce.orders.testkit.ExactJson;
import com.ecommerce.orders.testkit.WireClient;
import com.ecommerce.orders.testkit.WireRequest;
import com.ecommerce.orders.testkit.WireResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Runs the steps of a case in order, with the variables of the case. */
final class CaseRunner {

    private static final int PARALLEL_SECONDS = 60;

    private final Target target;
    private final WireClient client;

    CaseRunner(Target target) {
        this.target = target;
        this.client = new WireClient(target.baseUri());
    }

    /** Runs the case. Then checks each event of the case's tenant against {@code asyncapi.yaml}. */
    void run(ConformanceCase each) throws Exception {
        Variables variables = Variables.fresh();
        int last = each.steps().size() - 1;
        for (int i = 0; i <= last; i++) {
            Step step = each.steps().get(i);
            Target.PlatformAnswer own = i == last ? target.platformAnswers().get(each.name()) : null;
            Transcript transcript = new Transcript(each, i);
            if (own != null) {
                checkStatus(step, own, variables, transcript);
            } else if (step.concurrently() != null) {
                try (AutoCloseable running = step.concurrently().begin(variables)) {
                    run(step, variables, transcript);
                }
            } else {
                run(step, variables, transcript);
            }
        }
        if (target.checksContract()) {
            checkEvents(each, variables);
        }
    }

    private void checkEvents(ConformanceCase each, Variables variables) throws IOException {
        String token = new Identity.User(Map.of()).token(target.tokens(), variables);
        String after = "";
        WireResponse page;
        do {
            page = client.send(new WireRequest(
                    "GET", "/events?limit=200" + after, Map.of("Authorization", "Bearer " + token), null));
            JsonNode body = ExactJson.read(page.body());
            List<String> violations = new ArrayList<>();
            body.path("data").forEach(event -> violations.addAll(AsyncApi.violations(event)));
            if (page.status() != 200 || !body.path("nextCursor").isString() || !violations.isEmpty()) {
                throw new AssertionError(each.displayName() + ": the events of the case: " + page.status() + " "
                        + violations + "\n" + page.text());
            }
            after = "&after=" + body.path("nextCursor").asString();
        } while (page.header("Retry-After").isEmpty());
    }

    private void checkStatus(Step step, Target.PlatformAnswer own, Variables variables, Transcript transcript) {
        WireRequest request = step.request(target.tokens(), variables);
        WireResponse response = send(request, transcript);
        if (response.status() != own.status()) {
            String mismatch = "status: expected " + own.status() + ", since " + own.reason();
            throw new AssertionError(transcript.mismatch(request, List.of(response), List.of(), List.of(mismatch)));
        }
    }

    private void run(Step step, Variables variables, Transcript transcript) throws Exception {
        WireRequest request = step.request(target.tokens(), variables);
        if (step.parallel() > 1) {
            checkAll(step, request, sendAtOnce(request, step.parallel(), transcript), variables, transcript);
        } else {
            check(step, request, send(request, transcript), variables, transcript);
        }
    }

    private WireResponse send(WireRequest request, Transcript transcript) {
        try {
            return client.send(request);
        } catch (IOException e) {
            throw new AssertionError(transcript.unanswered(request, e), e);
        }
    }

    private List<WireResponse> sendAtOnce(WireRequest request, int times, Transcript transcript) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(times);
        try {
            List<Future<WireResponse>> answers = threads.invokeAll(
                    IntStream.range(0, times)
                            .<Callable<WireResponse>>mapToObj(i -> () -> send(request, transcript))
                            .toList(),
                    PARALLEL_SECONDS,
                    TimeUnit.SECONDS);
            List<WireResponse> responses = new ArrayList<>();
            for (Future<WireResponse> answer : answers) {
                responses.add(answer.get());
            }
            return responses;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AssertionError failure) {
                throw failure;
            }
            throw e;
        } finally {
            threads.shutdownNow();
        }
    }

    private void check(
            Step step, WireRequest request, WireResponse response, Variables variables, Transcript transcript) {
        Expectation expected = step.expectations().get(0);
        List<String> mismatches = new ArrayList<>();
        step.captures().forEach((name, source) -> {
            String captured = response.captured(source);
            if (captured == null) {
                mismatches.add("capture " + name + ": there is no " + source);
            } else {
                variables.set(name, captured);
            }
        });
        if (mismatches.isEmpty()) {
            mismatches.addAll(ResponseMatcher.mismatches(expected, response, variables));
        }
        mismatches.addAll(contractViolations(request, response));
        if (!mismatches.isEmpty()) {
            throw new AssertionError(transcript.mismatch(request, List.of(response), step.expectations(), mismatches));
        }
    }

    private void checkAll(
            Step step, WireRequest request, List<WireResponse> responses, Variables variables, Transcript transcript) {
        List<String> mismatches = new ArrayList<>();
        if (!ParallelMatcher.accountsForAll(step.expectations(), responses, variables)) {
            mismatches.add("the expected responses do not account for all");
        }
        responses.forEach(response -> mismatches.addAll(contractViolations(request, response)));
        if (!mismatches.isEmpty()) {
            throw new AssertionError(transcript.mismatch(request, responses, step.expectations(), mismatches));
        }
    }

    private List<String> contractViolations(WireRequest request, WireResponse response) {
        return target.checksContract() ? Contract.violations(request, response) : List.of();
    }
}
