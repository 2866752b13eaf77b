package com.ecommerce.orders.settings;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** A program that is built from this code and reads settings. */
public enum Artifact {
    /** The server for a laptop or a container. */
    LOCAL,
    /** The function for AWS Lambda. */
    AWS,
    /** The function app for Azure Functions. */
    AZURE,
    /** The function for Google Cloud Functions. */
    GCP,
    /** The programs that operators run, such as {@code scripts/migrate.sh}. */
    ADMIN;

    /** The artifacts that serve the API. */
    static final Set<Artifact> API = Set.of(LOCAL, AWS, AZURE, GCP);

    /** The artifacts that use the database. */
    static final Set<Artifact> ALL = Set.of(LOCAL, AWS, AZURE, GCP, ADMIN);

    /** Returns the artifact whose Spring profile is active; {@code null} in a test without an artifact. */
    static @Nullable Artifact of(Environment environment) {
        Artifact built = of(List.of(environment.getProperty("spring.profiles.include", "")));
        return built == null ? of(List.of(environment.getActiveProfiles())) : built;
    }

    private static @Nullable Artifact of(List<String> profiles) {
        for (Artifact artifact : values()) {
            if (profiles.contains(artifact.profile())) {
                return artifact;
            }
        }
        return null;
    }

    /** Returns the Spring profile, which is also the Maven profile. */
    public String profile() {
        return name().toLowerCase(Locale.ROOT);
    }
}
