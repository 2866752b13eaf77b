package com.ecommerce.orders.conformance;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Runs all cases of {@code src/test/resources/conformance} as independent tests. */
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
        return cases.stream()
                .filter(each -> each.isFor(target.platform()))
                .map(each -> DynamicTest.dynamicTest(each.displayName(), () -> runner.run(each)));
    }

    private static void requireThatAllExist(Target target, List<ConformanceCase> cases) {
        for (String name : target.platformAnswers().keySet()) {
            if (cases.stream().noneMatch(each -> each.name().equals(name))) {
                throw new IllegalArgumentException("No such case: " + name);
            }
        }
    }
}
