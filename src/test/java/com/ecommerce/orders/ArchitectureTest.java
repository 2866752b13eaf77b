package com.ecommerce.orders;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.context.annotation.Configuration;

/** Proves every dependency between packages. {@code docs/architecture.md} draws the dependencies. */
@NullUnmarked
class ArchitectureTest {

    private static final String ROOT = "com.ecommerce.orders";
    private static final List<String> ADAPTERS = List.of("local", "aws", "azure", "gcp");

    /** Each package, and the other packages that it may use. */
    private static final Map<String, List<String>> ARROWS = Map.ofEntries(
            entry("identity", List.of()),
            entry("pricing", List.of()),
            entry("settings", List.of()),
            entry("operation", List.of("identity", "pricing")),
            entry("order", List.of("identity", "operation", "pricing")),
            entry("event", List.of("identity", "operation", "order")),
            entry("payment", List.of("identity", "operation", "order", "pricing")),
            entry("fulfillment", List.of("identity", "operation", "order", "pricing")),
            entry("returns", List.of("identity", "operation", "order", "pricing")),
            entry(
                    "json",
                    List.of("event", "fulfillment", "identity", "operation", "order", "payment", "pricing", "returns")),
            entry("observability", List.of("json")),
            entry(
                    "http",
                    List.of("event", "identity", "json", "observability", "operation", "order", "payment", "settings")),
            entry("authentication", List.of("http", "identity", "json", "operation", "settings")),
            entry(
                    "postgres",
                    List.of(
                            "event",
                            "fulfillment",
                            "identity",
                            "json",
                            "operation",
                            "order",
                            "payment",
                            "pricing",
                            "returns",
                            "settings")),
            entry("startup", List.of("settings")),
            entry("cache", List.of("identity", "operation", "order", "settings")),
            entry("telemetry", List.of("http", "observability", "postgres")),
            entry("admin", List.of("identity", "order", "postgres", "settings")),
            entry("cli", List.of("admin", "identity")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages(ROOT);

    static Stream<String> packages() {
        return CLASSES.stream()
                .map(ArchitectureTest::topPackage)
                .filter(name -> !name.isEmpty() && !ADAPTERS.contains(name))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void aPackageUsesOnlyThePackagesThatItMayUse(String name) {
        assertThat(ARROWS).containsKey(name);
        String[] allowed = Stream.concat(Stream.of(name), ARROWS.get(name).stream())
                .map(other -> ROOT + "." + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + name + "..")
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(allowed))))
                .check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void anAdapterKnowsNoOtherAdapter(String name) {
        String[] others = ADAPTERS.stream()
                .filter(adapter -> !adapter.equals(name))
                .map(adapter -> ROOT + "." + adapter + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    static List<String> adapters() {
        return ADAPTERS;
    }

    @Test
    void theDomainKnowsNoSqlNoJsonAndNoSpring() {
        noClasses()
                .that(not(nameMatching(".*\\.Order(Configuration(\\$\\d+)?|Functions)")))
                .and()
                .resideInAnyPackage(
                        ROOT + ".operation..",
                        ROOT + ".order..",
                        ROOT + ".event..",
                        ROOT + ".payment..",
                        ROOT + ".fulfillment..",
                        ROOT + ".returns..",
                        ROOT + ".pricing..",
                        ROOT + ".identity..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "java.sql..", "tools.jackson..", "com.fasterxml.jackson..")
                .check(CLASSES);
    }

    @Test
    void onlyStorageKnowsSql() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".http..", ROOT + ".json..", ROOT + ".authentication..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.sql..")
                .check(CLASSES);
    }

    @Test
    void noTwoPackagesNeedEachOther() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    private static String topPackage(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1).split("\\.")[0];
    }

    @Test
    void onlyMainClassesNameConfigurations() {
        classes()
                .that()
                .areAnnotatedWith(Configuration.class)
                .or()
                .implement(BeanRegistrar.class)
                .should()
                .onlyHaveDependentClassesThat(
                        simpleNameEndingWith("Application").or(nameMatching(".*Configuration(\\$\\d+)?")))
                .check(CLASSES);
    }

    @Test
    void everyPackageSaysWhatMayBeNull() {
        classes()
                .that()
                .haveSimpleName("package-info")
                .should()
                .beAnnotatedWith(NullMarked.class)
                .check(CLASSES);
    }
}
