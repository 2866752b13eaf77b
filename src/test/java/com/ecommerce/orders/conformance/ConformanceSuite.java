package com.ecommerce.orders.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Runs all cases of {@code src/test/resources/conformance} as independent tests. Cases that disturb no other case run at the
 * same time, because some of them only wait. The other cases follow one by one.
 */
public final class ConformanceSuite {

    private ConformanceSuite() {}

    /**
     * Returns one test for each case that applies to the target's platform, named {@code topic: caseName}. If the
     * platform responds instead of the API, the test prints the reason and checks the platform's response.
     */
    public static Stream<DynamicTest> against(Target target) {
        return against(target, CaseReader.all());
    }

    static Stream<DynamicTest> against(Target target, List<ConformanceCase> cases) {
        requireThatAllExist(target, cases);
        target.platformAnswers()
                .forEach((name, own) -> System.out.println("Answered " + own.status() + " by the platform at "
                        + target.baseUri() + ": " + name + ": " + own.reason()));
        CaseRunner runner = new CaseRunner(target);
        List<ConformanceCase> own =
                cases.stream().filter(each -> each.isFor(target.platform())).toList();
        List<ConformanceCase> quiet = new ArrayList<>(own.stream()
                .filter(each -> !each.disturbsOthers() && !each.waits())
                .toList());
        // The cases that wait start early, but never as the first case of a cold server.
        quiet.addAll(
                Math.min(1, quiet.size()),
                own.stream()
                        .filter(each -> !each.disturbsOthers() && each.waits())
                        .toList());
        ParallelRun together = new ParallelRun();
        List<DynamicTest> tests = new ArrayList<>();
        quiet.forEach(each -> tests.add(DynamicTest.dynamicTest(each.displayName(), together.add(() -> {
            runner.run(each);
            return null;
        }))));
        own.stream()
                .filter(ConformanceCase::disturbsOthers)
                .forEach(each -> tests.add(DynamicTest.dynamicTest(each.displayName(), () -> runner.run(each))));
        return tests.stream();
    }

    private static void requireThatAllExist(Target target, List<ConformanceCase> cases) {
        for (String name : target.platformAnswers().keySet()) {
            if (cases.stream().noneMatch(each -> each.name().equals(name))) {
                throw new IllegalArgumentException("No such case: " + name);
            }
        }
    }
}
