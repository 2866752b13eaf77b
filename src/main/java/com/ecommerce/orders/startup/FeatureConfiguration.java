package com.ecommerce.orders.startup;

import com.ecommerce.orders.settings.Setting;
import com.ecommerce.orders.settings.SettingException;
import java.util.List;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;

/**
 * Registers the beans of each optional feature whose setting is set. A feature is in an artifact only if its Maven
 * profile, which has the name of the feature, was active in the build. The source set of a feature names its registrar
 * in {@code META-INF/spring/<feature>.factories}.
 */
public final class FeatureConfiguration implements BeanRegistrar {

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        register("cache", Setting.CACHE_URL, registry, environment);
        register("telemetry", Setting.TELEMETRY_ENDPOINT, registry, environment);
    }

    private static void register(String feature, Setting setting, BeanRegistry registry, Environment environment) {
        if (setting.isSetIn(environment)) {
            List<BeanRegistrar> registrars = registrars(feature);
            if (registrars.isEmpty()) {
                throw new SettingException("The setting " + setting.variable()
                        + " has no effect in this artifact. Remove it, or"
                        + " build with the Maven profile " + feature + " beside the profile of the adapter, for example"
                        + " mvn -Plocal," + feature + " package");
            }
            registrars.forEach(registry::register);
        }
    }

    private static List<BeanRegistrar> registrars(String feature) {
        return SpringFactoriesLoader.forResourceLocation(
                        "META-INF/spring/" + feature + ".factories", FeatureConfiguration.class.getClassLoader())
                .load(BeanRegistrar.class);
    }
}
