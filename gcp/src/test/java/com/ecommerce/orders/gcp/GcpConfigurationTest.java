package com.ecommerce.orders.gcp;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.http.ApiResponse;
import com.google.cloud.functions.HttpRequest;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class GcpConfigurationTest {

    /** The invoker logs the error and responds with 500. -XX:+ExitOnOutOfMemoryError ends the process. */
    @Test
    void passesAnErrorToTheInvoker() {
        Function<HttpRequest, ApiResponse> function = GcpConfiguration.invokerFunction(
                request -> {
                    throw new OutOfMemoryError("of a test");
                },
                new GcpRequestMapper(new GcpGatewayClaims("x-apigateway-api-userinfo")));

        assertThatThrownBy(() -> function.apply(FakeRequest.get("/orders"))).isInstanceOf(OutOfMemoryError.class);
    }
}
