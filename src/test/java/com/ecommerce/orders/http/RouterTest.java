package com.ecommerce.orders.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {

    private static final Endpoint.Open ENDPOINT = (request, variables) -> ApiResponse.text(200, "");

    @Test
    void readsEveryVariableOfATemplate() {
        Router router =
                router("GET /orders/{orderId}/transactions/{transactionId}", "POST /orders/{orderId}/transactions");

        Router.Match match = match(router, "GET", "/orders/1/transactions/2");

        assertThat(match.route()).isEqualTo("/orders/{orderId}/transactions/{transactionId}");
        assertThat(match.pathVariables()).isEqualTo(Map.of("orderId", "1", "transactionId", "2"));
        assertThat(match(router, "POST", "/orders/1/transactions").pathVariables())
                .isEqualTo(Map.of("orderId", "1"));
    }

    @Test
    void prefersALiteralToAVariableInAnyOrder() {
        Router router = router("GET /orders/{orderId}", "GET /orders/{orderId}/events", "GET /orders/export");

        assertThat(match(router, "GET", "/orders/export").route()).isEqualTo("/orders/export");
        assertThat(match(router, "GET", "/orders/exports").route()).isEqualTo("/orders/{orderId}");
        assertThat(match(router, "GET", "/orders/export/events").pathVariables())
                .isEqualTo(Map.of("orderId", "export"));
    }

    @Test
    void answersHeadOnRoutesOfGet() {
        Router router = router("GET /orders/{orderId}", "PATCH /orders/{orderId}");

        assertThat(match(router, "HEAD", "/orders/1").route()).isEqualTo("/orders/{orderId}");
        assertThat(router.allow("/orders/1")).isEqualTo("GET, HEAD, PATCH");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET orders",
                "GET ",
                "GET /",
                "GET /orders/",
                "GET //orders",
                "GET /orders/*",
                "GET /orders/{}",
                "GET /orders/{orderId",
                "GET /orders/{orderId}x",
                "GET /orders/x{orderId}",
                "GET /orders/{order/Id}",
                "GET /orders/{orderId}/x/{orderId}",
                "GET /orders/../health",
                "GET /orders/.",
                "GET /orders;v=1",
                "GET /orders?limit=1",
                "GET /orders/a b",
                "GET /orders/%41",
                "get /orders",
                " /orders"
            })
    void refusesATemplateThatNoRequestMatches(String route) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> router("GET /health", route))
                .withMessageContaining("No request can match " + route);
    }

    @ParameterizedTest
    @CsvSource({
        "GET /orders, GET /orders",
        "GET /orders, HEAD /orders",
        "HEAD /orders, GET /orders",
        "GET /orders/{orderId}, GET /orders/{id}",
        "GET /orders/{orderId}, PATCH /orders/{id}"
    })
    void refusesTwoRoutesForTheSameRequests(String first, String second) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> router(first, second))
                .withMessageContaining(second.substring(second.indexOf('/')))
                .withMessageContaining("Two routes have the path");
    }

    private static Router.Match match(Router router, String method, String path) {
        return router.match(new ApiRequest(method, path, List.of(), Map.of(), new byte[0]));
    }

    private static Router router(String... routes) {
        return new Router(Arrays.stream(routes)
                .map(route -> route.split(" ", 2))
                .map(route -> new Route(route[0], route[1], ENDPOINT))
                .toList());
    }
}
