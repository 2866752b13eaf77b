package com.ecommerce.orders.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.conformance.CaseReader;
import com.ecommerce.orders.testkit.Tokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of the four artifacts side by side: they give equal responses, and each continues what another has stored. */
class ParityIT {

    private static final Path TABLE = Path.of("target", "parity.md");
    private static final Tokens TOKENS = new Tokens();
    private static final Comparison COMPARISON = new Comparison(Differences.LISTED);

    private static Platforms platforms;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        platforms = Platforms.start(directory, TOKENS);
    }

    @AfterAll
    static void stop() throws Exception {
        platforms.close();
        Files.writeString(TABLE, COMPARISON.table());
    }

    @TestFactory
    Stream<DynamicTest> allPlatformsRespondEqually() {
        Corpus corpus = new Corpus(platforms, TOKENS, COMPARISON);
        Stream<DynamicTest> cases = CaseReader.all().stream()
                .filter(each -> each.platforms().isEmpty())
                .map(each -> DynamicTest.dynamicTest(each.displayName(), () -> corpus.run(each)));
        Stream<DynamicTest> odd = OddRequests.all(TOKENS).entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.getKey(), () -> corpus.compare(each.getKey(), Corpus.withFixedHeaders(each.getValue()))));
        DynamicTest end =
                DynamicTest.dynamicTest("Every listed request was sent", () -> assertThat(COMPARISON.neverSent())
                        .isEmpty());
        return Stream.of(cases, odd, Stream.of(end)).flatMap(tests -> tests);
    }

    @ParameterizedTest
    @EnumSource
    void allPlatformsReplayARequestThatOneHasStored(Platform one) {
        Shared.of(platforms, TOKENS).assertReplays(one);
    }

    @ParameterizedTest
    @EnumSource
    void allPlatformsAcceptACursorOfOne(Platform one) {
        Shared.of(platforms, TOKENS).assertTakesCursor(one);
    }

    @ParameterizedTest
    @EnumSource
    void allPlatformsAcceptAnETagOfOne(Platform one) {
        Shared.of(platforms, TOKENS).assertTakesETag(one);
    }
}
