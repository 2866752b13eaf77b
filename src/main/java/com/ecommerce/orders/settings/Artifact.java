package com.ecommerce.orders.settings;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** A program that is built from this code and reads settings. */
public enum Artifact {
    /** The server for a laptop or a container. */
    LOCAL("the local server"),
    AWS("the function for AWS Lambda"),
    AZURE("the function app for Azure"),
    GCP("the function for Google Cloud"),
    /** The programs that operators run, such as {@code scripts/migrate.sh}. */
    ADMIN("the programs of operators");

    /** The artifacts that serve the API. */
    static final Set<Artifact> API = Set.of(LOCAL, AWS, AZURE, GCP);

    /** The artifacts that use the database. */
    static final Set<Artifact> ALL = Set.of(LOCAL, AWS, AZURE, GCP, ADMIN);

    private final String title;

    Artifact(String title) {
        this.title = title;
    }

    /** Returns the name of the artifact for people, as a part of a sentence. */
    public String title() {
        return title;
    }

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
