package com.ecommerce.orders.conformance;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/** All cases of {@code src/test/resources/conformance} as tests, independent of each other. */
public final class ConformanceSuite {

    private ConformanceSuite() {}

    /**
     * One test per case, named {@code topic: caseName}. The cases that the target leaves out are printed with the
     * reason, and reported as skipped.
     */
    public static Stream<DynamicTest> against(Target target) {
        return against(target, CaseReader.all());
    }

    static Stream<DynamicTest> against(Target target, List<ConformanceCase> cases) {
        requireThatAllExist(target.leftOut(), cases);
        printLeftOut(target, cases);
        CaseRunner runner = new CaseRunner(target);
        return cases.stream()
                .map(each -> DynamicTest.dynamicTest(each.displayName(), () -> {
                    reasonToLeaveOut(target, each).ifPresent(Assumptions::abort);
                    runner.run(each);
                }));
    }

    private static void requireThatAllExist(Map<String, String> leftOut, List<ConformanceCase> cases) {
        for (String name : leftOut.keySet()) {
            if (cases.stream().noneMatch(each -> isNamed(each, name))) {
                throw new IllegalArgumentException("Left out, but there is no such topic file or case: " + name);
            }
        }
    }

    private static void printLeftOut(Target target, List<ConformanceCase> cases) {
        target.leftOut()
                .forEach((name, reason) -> System.out.println("Left out at " + target.baseUri() + ": " + name + " ("
                        + cases.stream().filter(each -> isNamed(each, name)).count() + " of " + cases.size()
                        + " cases): " + reason));
    }

    private static Optional<String> reasonToLeaveOut(Target target, ConformanceCase each) {
        return target.leftOut().entrySet().stream()
                .filter(entry -> isNamed(each, entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static boolean isNamed(ConformanceCase each, String name) {
        return each.name().equals(name) || each.file().equals(name) || (each.file() + ".json").equals(name);
    }
}
