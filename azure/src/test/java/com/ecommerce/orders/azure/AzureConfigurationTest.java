package com.ecommerce.orders.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.azure.worker.WorkerRequestMessage;
import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.ApiResponse;
import com.ecommerce.orders.settings.SettingException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

class AzureConfigurationTest {

    private static final WorkerRequestMessage REQUEST =
            new WorkerRequestMessage("GET", "http://h/orders", Map.of(), Map.of(), Optional.empty());

    @Test
    void createsTheFunctionOnceForAllInvocations() {
        try (AnnotationConfigApplicationContext context = context("azure")) {
            assertThat(context.getBeanFactory().containsSingleton("azureHandler"))
                    .isTrue();
            assertThat(context.getBeansOfType(AzureHandler.class).values())
                    .containsExactlyElementsOf(
                            context.getBeansOfType(AzureHandler.class).values());
        }
    }

    @Test
    void hasTheFunctionAlsoIfTheApiCanNotStart() {
        try (AnnotationConfigApplicationContext context = context("azure")) {
            AzureHandler function = context.getBean(AzureHandler.class);

            assertThat(function.handle(REQUEST).getStatusCode()).isEqualTo(500);
            assertThat(context.isActive()).isTrue();
            assertThat(function.handle(REQUEST).getStatusCode()).isEqualTo(200);
        }
    }

    @Test
    void isInactiveOnOtherPlatforms() {
        try (AnnotationConfigApplicationContext context = context("local")) {
            assertThat(context.getBeanNamesForType(AzureHandler.class)).isEmpty();
        }
    }

    private static AnnotationConfigApplicationContext context(String profile) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getEnvironment().setActiveProfiles(profile);
        context.register(AzureConfiguration.class, StartsAtTheSecondAttempt.class);
        context.refresh();
        return context;
    }

    @Configuration(proxyBeanMethods = false)
    static class StartsAtTheSecondAttempt {

        private final AtomicInteger attempts = new AtomicInteger();

        @Bean
        @Lazy
        Function<ApiRequest, ApiResponse> orderApi() {
            if (attempts.incrementAndGet() == 1) {
                throw new SettingException("DB_URL", "must be there", "jdbc:postgresql://localhost/orders");
            }
            return request -> new ApiResponse(200, Map.of(), new byte[0]);
        }
    }
}
