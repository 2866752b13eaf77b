package com.ecommerce.orders.startup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.core.io.support.SpringFactoriesLoader;

/**
 * The two files of settings in an artifact. A lean start reads only these files, without the search of Spring Boot.
 *
 * @param profile the name of the adapter, which is also a Spring profile
 */
record SettingFiles(Properties common, String profile, Properties adapter) {

    private static final String COMMON = "application.properties";

    private static final String PATTERN = "logging.pattern.console";

    /** The first words of the settings of Spring Boot. */
    private static final Set<String> BOOTS = Set.of("spring", "logging", "debug", "trace");

    /** The settings of Spring Boot with an effect in a lean start, set in any place. */
    static final Set<String> HONORED = Set.of(
            "spring.cloud.function.definition",
            // The adapter of Google Cloud sets this system property at each start.
            "spring.cloud.function.preferred-json-mapper");

    /** The settings of Spring Boot in the project's own common file. A lean start has the same values by plain code. */
    private static final Set<String> HONORED_IN_COMMON = Set.of(
            "spring.application.name",
            "spring.profiles.include",
            "spring.cloud.function.scan.enabled",
            "logging.level.root",
            "logging.level.com.ecommerce.orders",
            PATTERN);

    /** The folders in which Spring Boot searches settings by default. */
    private static final List<String> FOLDERS = List.of("", "config/");

    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".xml", ".properties");

    static SettingFiles read() {
        Properties common = read(COMMON);
        String profile = common.getProperty("spring.profiles.include");
        return new SettingFiles(common, profile, read(fileOf(profile)));
    }

    /** Tells whether Spring Boot's search is needed because of a variable, a property or another file. */
    static boolean needBoot(ClassLoader classLoader) {
        SettingFiles files = read();
        return holdsBoots(System.getenv().keySet(), HONORED)
                || holdsBoots(System.getProperties().stringPropertyNames(), HONORED)
                || holdsBoots(files.common.stringPropertyNames(), HONORED_IN_COMMON)
                || holdsBoots(files.adapter.stringPropertyNames(), HONORED)
                || files.haveNeighbor(classLoader)
                || hasPostProcessor(classLoader);
    }

    /** Tells whether a name is a setting of Spring Boot and not among the honored ones. */
    static boolean holdsBoots(Set<String> names, Set<String> honored) {
        for (String name : names) {
            // The name of a variable may be SPRING_PROFILES_ACTIVE or spring.profiles.active.
            String property = name.toLowerCase(Locale.ROOT).replace('_', '.');
            if (BOOTS.contains(property.split("\\.", 2)[0]) && !honored.contains(name)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a setting is the pattern in the project's own common file, which only the local artifact uses. */
    static boolean isOwnPattern(String name, @Nullable Object value) {
        return name.equals(PATTERN) && read(COMMON).getProperty(PATTERN).equals(value);
    }

    private boolean haveNeighbor(ClassLoader classLoader) {
        for (String folder : FOLDERS) {
            for (String ending : ENDINGS) {
                String file = folder + "application" + ending;
                String ofAdapter = folder + "application-" + profile + ending;
                if (!file.equals(COMMON) && classLoader.getResource(file) != null
                        || !ofAdapter.equals(fileOf(profile)) && classLoader.getResource(ofAdapter) != null) {
                    return true;
                }
            }
        }
        return false;
    }

    @SuppressWarnings("deprecation") // The other methods of the loader create each object.
    private static boolean hasPostProcessor(ClassLoader classLoader) {
        for (String name : SpringFactoriesLoader.loadFactoryNames(EnvironmentPostProcessor.class, classLoader)) {
            if (!name.startsWith("org.springframework.")) {
                return true;
            }
        }
        return false;
    }

    void addTo(ConfigurableEnvironment environment) {
        environment.addActiveProfile(profile);
        MutablePropertySources sources = environment.getPropertySources();
        sources.addLast(new PropertiesPropertySource(fileOf(profile), adapter));
        sources.addLast(new PropertiesPropertySource(COMMON, common));
    }

    private static String fileOf(String profile) {
        return "application-" + profile + ".properties";
    }

    private static Properties read(String name) {
        try {
            return PropertiesLoaderUtils.loadProperties(new ClassPathResource(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
