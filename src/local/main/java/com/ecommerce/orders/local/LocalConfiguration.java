package com.ecommerce.orders.local;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.ApiResponse;
import com.ecommerce.orders.http.Route;
import com.ecommerce.orders.local.sample.SampleOrders;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.order.Readiness;
import com.ecommerce.orders.settings.DatabaseSettings;
import com.ecommerce.orders.settings.OrdersSettings;
import com.ecommerce.orders.settings.SettingsReader;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/**
 * The beans that run the API on an embedded server. Without settings for a database or an issuer, the API starts its own.
 */
@Configuration(proxyBeanMethods = false)
@Profile("local")
class LocalConfiguration {

    @Bean
    static BeanFactoryPostProcessor localSettings(ConfigurableEnvironment environment) {
        return beanFactory -> LocalSettings.apply(environment);
    }

    @Bean
    ServletRegistrationBean<LocalHandler> localHttpAdapter(
            Function<ApiRequest, ApiResponse> orderApi,
            OrdersSettings settings,
            SampleOrders samples,
            Environment environment) {
        boolean dev = DevIssuer.NAME.equals(settings.identity().jwt().issuer());
        Optional<DevEndpoints> devEndpoints = dev
                ? Optional.of(new DevEndpoints(DevIssuer.in(LocalSettings.dataDirectory(environment)), samples::make))
                : Optional.empty();
        RequestMemory memory = new RequestMemory(Runtime.getRuntime().maxMemory());
        return new ServletRegistrationBean<>(
                new LocalHandler(orderApi, devEndpoints, memory, LocalSettings.requestTimeout(environment)), "/*");
    }

    @Bean
    SampleOrders sampleOrders(ApplicationContext application) {
        return new SampleOrders(application);
    }

    @Bean
    Route functionRoute(Map<String, Function<OrderRequest, OrderResponse>> functions) {
        return new Route("POST", "/functions/{bean}", new FunctionEndpoint(functions));
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcatCustomizer(Environment environment) {
        return new TomcatCustomizer(LocalSettings.requestTimeout(environment));
    }

    @Bean
    PortCheck portCheck(Environment environment) {
        return new PortCheck(environment);
    }

    @Bean
    @Conditional(OnMissingDatabaseUrl.class)
    EmbeddedDatabase embeddedDatabase(Environment environment) {
        return EmbeddedDatabase.start(LocalSettings.dataDirectory(environment));
    }

    @Bean
    @Conditional(OnMissingDatabaseUrl.class)
    DatabaseSettings embeddedDatabaseSettings(EmbeddedDatabase database, Environment environment) {
        return new DatabaseSettings(
                database.url(),
                EmbeddedDatabase.APP_ROLE,
                "",
                DatabaseSettings.poolSize(SettingsReader.of(environment)));
    }

    @Bean
    ApplicationRunner greeting(
            ServletWebServerApplicationContext server,
            OrdersSettings settings,
            Environment environment,
            Readiness readiness,
            ObjectProvider<EmbeddedDatabase> embedded) {
        return new StartupBanner(server, settings, environment, readiness, embedded.getIfAvailable());
    }
}
