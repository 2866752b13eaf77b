package com.ecommerce.orders.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The classes of this project in a log of {@code -Xlog:class+load}, from the start of a JVM to its first order. */
public final class LoadedClasses {

    private static final Pattern OWN = Pattern.compile("\\] com\\.ecommerce\\.orders\\.(\\S+) source:");

    /** The packages that a first order needs. Each other package is a feature with its own operations. */
    private static final Set<String> PACKAGES_OF_ORDERS = Set.of(
            "identity",
            "pricing",
            "operation",
            "order",
            "json",
            "http",
            "authentication",
            "observability",
            "postgres",
            "settings",
            "startup",
            "local",
            "aws",
            "azure",
            "gcp");

    private static final Set<String> CLASSES_OF_ORDERS = Set.of("CoreConfiguration", "OperationConfiguration");

    private LoadedClasses() {}

    /**
     * Returns the classes that only other operations than {@code createOrder} need. A cold start must load none, so that
     * more operations do not slow it down.
     */
    public static List<String> ofOtherFeatures(Path log) throws IOException {
        return OWN.matcher(Files.readString(log))
                .results()
                .map((MatchResult loaded) -> loaded.group(1))
                .filter(name -> !isOfOrders(name))
                .toList();
    }

    private static boolean isOfOrders(String name) {
        int dot = name.indexOf('.');
        return dot < 0
                ? CLASSES_OF_ORDERS.contains(name.split("[$]")[0])
                : PACKAGES_OF_ORDERS.contains(name.substring(0, dot));
    }
}
