package com.ecommerce.orders;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.context.annotation.Configuration;

/** Arrows point inward: cloud, then http and postgres, then json, then order, then identity. */
class ArchitectureTest {

    private static final String ROOT = "com.ecommerce.orders";
    private static final String[] ADAPTERS = {ROOT + ".local..", ROOT + ".aws..", ROOT + ".azure..", ROOT + ".gcp.."};

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages(ROOT);

    @Test
    void identityKnowsNothingElse() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".identity..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".order..", ROOT + ".json..", ROOT + ".http..", ROOT + ".postgres..")
                .check(CLASSES);
    }

    @Test
    void theDomainKnowsNoHttpNoSqlNoJsonAndNoSpring() {
        noClasses()
                .that(not(nameMatching(".*\\.OrderConfiguration(\\$\\d+)?")))
                .and()
                .resideInAPackage(ROOT + ".order..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + ".http..",
                        ROOT + ".postgres..",
                        ROOT + ".json..",
                        "org.springframework..",
                        "java.sql..",
                        "tools.jackson..",
                        "com.fasterxml.jackson..")
                .check(CLASSES);
    }

    @Test
    void storageAndHttpDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".postgres..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".http..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".postgres..", "java.sql..")
                .check(CLASSES);
    }

    @Test
    void theCoreKnowsNoAdapter() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ADAPTERS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ADAPTERS)
                .check(CLASSES);
    }

    @Test
    void noTwoPackagesNeedEachOther() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
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
