package com.ecommerce.orders.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.azure.testkit.worker.WorkerRequestMessage;
import com.ecommerce.orders.http.OrderApi;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

class AzureConfigurationTest {

    private static final WorkerRequestMessage HEALTH =
            new WorkerRequestMessage("GET", "http://h/health", Map.of(), Map.of(), Optional.empty());
    private static final Map<String, String> SETTINGS = Map.of(
            "DB_URL", "jdbc:postgresql://127.0.0.1:1/orders",
            "DB_USER", "orders_api",
            "orders.identity.mode", "gateway",
            "orders.identity.tenants.allowed", "acme");

    private final Map<String, Object> settings = new HashMap<>();

    @Test
    void createsTheHandlerAtTheStartAndTheApiAtARequest() {
        settings.putAll(SETTINGS);
        try (GenericApplicationContext context = context()) {
            ConfigurableListableBeanFactory beans = context.getBeanFactory();
            assertThat(beans.containsSingleton("azureHandler")).isTrue();
            assertThat(beans.getSingletonNames()).doesNotContain("settings", "orderApi", "dataSource");

            assertThat(context.getBean(AzureHandler.class).handle(HEALTH).getStatusCode())
                    .isEqualTo(200);
            assertThat(beans.containsSingleton("orderApi")).isTrue();
        }
    }

    @Test
    void hasTheHandlerAlsoIfTheApiCanNotStart() {
        try (GenericApplicationContext context = context()) {
            AzureHandler handler = context.getBean(AzureHandler.class);

            assertThat(handler.handle(HEALTH).getStatusCode()).isEqualTo(500);
            assertThat(context.isActive()).isTrue();
            settings.putAll(SETTINGS);
            assertThat(handler.handle(HEALTH).getStatusCode()).isEqualTo(200);
        }
    }

    @Test
    void looksUpTheApiOnce() {
        settings.putAll(SETTINGS);
        try (GenericApplicationContext context = context()) {
            AzureHandler handler = context.getBean(AzureHandler.class);
            handler.handle(HEALTH);
            context.removeBeanDefinition("orderApi");

            assertThat(context.getBeanNamesForType(OrderApi.class)).isEmpty();
            assertThat(handler.handle(HEALTH).getStatusCode()).isEqualTo(200);
        }
    }

    @Test
    void respondsWithAProblemIfASettingAsksForAnotherFormatOfTheLog() {
        settings.putAll(SETTINGS);
        settings.put("logging.config", "classpath:logback.xml");
        try (GenericApplicationContext context = context()) {
            AzureHandler handler = context.getBean(AzureHandler.class);

            assertThat(handler.handle(HEALTH).getStatusCode()).isEqualTo(500);
            settings.remove("logging.config");
            assertThat(handler.handle(HEALTH).getStatusCode()).isEqualTo(200);
        }
    }

    @Test
    void createsABeanAtTheStartIfItsDefinitionSaysSo() {
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.registerBean("eager", Object.class, Object::new, definition -> definition.setLazyInit(false));
            context.registerBean("smart", SmartInitializingSingleton.class, () -> () -> {});
            context.registerBean("lazy", Object.class, Object::new);
            new AzureApplication().initialize(context);
            context.refresh();
            assertThat(context.getBeanFactory().getSingletonNames())
                    .contains("eager", "smart")
                    .doesNotContain("lazy");
        }
    }

    private GenericApplicationContext context() {
        GenericApplicationContext context = new GenericApplicationContext();
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("settings", settings));
        new AzureApplication().initialize(context);
        context.refresh();
        return context;
    }
}
