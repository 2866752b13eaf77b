package com.ecommerce.orders.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.plugin.AuthenticationPlugin;

/** Deployed values of {@code DB_URL} name these classes, so they stay for one release. */
class FormerLoginNamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"com.ecommerce.orders.aws.IamLogin", "com.ecommerce.orders.aws.SecretLogin"})
    void theDriverCanStillCreateTheFormerClass(String name) throws ReflectiveOperationException {
        Object plugin = Class.forName(name).getConstructor(Properties.class).newInstance(new Properties());

        assertThat(plugin).isInstanceOf(AuthenticationPlugin.class);
    }
}
