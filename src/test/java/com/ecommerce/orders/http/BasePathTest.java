package com.ecommerce.orders.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.ecommerce.orders.settings.SettingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BasePathTest {

    private static final List<Route> ROUTES = List.of(
            new Route("GET", "/orders", (Endpoint.Open) (request, variables) -> ApiResponse.text(200, request.path())
                    .with("Location", "/orders/1")
                    .with("Link", "</orders?cursor=a>; rel=\"next\"")),
            new Route("GET", "/orders/{orderId}", (Endpoint.Open)
                    (request, variables) -> ApiResponse.text(200, request.path())));

    @ParameterizedTest
    @CsvSource({
        "/shop, /shop/orders, /orders",
        "/shop, /orders, /orders",
        "/shop, /shop/orders/1, /orders/1",
        "/shop/v1, /shop/v1/orders, /orders",
        "/orders, /orders/orders, /orders",
        "/orders, /orders/orders/1, /orders/1",
        "/orders, /orders/1, /orders/1",
        "/orders, /orders, /orders"
    })
    void servesAPathWithAndWithoutTheBasePath(String base, String path, String inner) {
        assertThat(text(get(base, path))).isEqualTo(inner);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/shop",
                "/shop/",
                "/shopping/orders",
                "/SHOP/orders",
                "/shop//orders",
                "/shop/../orders",
                "/shop;v=1/orders",
                "/shop/shop/orders",
                "shop/orders"
            })
    void findsNothingElse(String path) {
        ApiResponse response = get("/shop", path);

        assertThat(response.status()).isEqualTo(404);
        assertThat(text(response)).contains("\"instance\":\"" + path + "\"");
    }

    @Test
    void standsBeforeLocationAndLink() {
        for (String path : List.of("/shop/orders", "/orders")) {
            assertThat(get("/shop", path).headers())
                    .containsEntry("Location", "/shop/orders/1")
                    .containsEntry("Link", "</shop/orders?cursor=a>; rel=\"next\"");
        }
        assertThat(get("", "/orders").headers())
                .containsEntry("Location", "/orders/1")
                .containsEntry("Link", "</orders?cursor=a>; rel=\"next\"");
    }

    @Test
    void isStrippedFromAPreflightToo() {
        Map<String, String> headers = Map.of("origin", "https://shop.example", "access-control-request-method", "GET");

        assertThat(api("/shop")
                        .apply(request("OPTIONS", "/shop/orders", headers))
                        .status())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/shop", "/shop/v1", "/a-b_c~d.e", "/orders", "/Prod"})
    void takesAPath(String path) {
        assertThat(new BasePath(path).text()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop",
                "/",
                "/shop/",
                "//shop",
                "/shop//v1",
                "/..",
                "/shop/../x",
                "/.",
                "/a b",
                "/a%20b",
                "/a?b",
                "/{stage}",
                "/ä",
                " /shop",
                "https://shop.example/shop"
            })
    void refusesAnythingElseAndShowsAnExample(String path) {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> new BasePath(path))
                .withMessageContaining("ORDERS_HTTP_BASEPATH must")
                .withMessageContaining("ORDERS_HTTP_BASEPATH=/shop");
    }

    private static ApiResponse get(String base, String path) {
        return api(base).apply(request("GET", path, Map.of()));
    }

    private static ApiRequest request(String method, String path, Map<String, String> headers) {
        return new ApiRequest(method, path, List.of(), headers, new byte[0]);
    }

    private static OrderApi api(String base) {
        return new OrderApi(
                new Router(ROUTES),
                request -> {
                    throw new IllegalStateException("No route needs a caller");
                },
                new Cors(Set.of("*")),
                RequestObserver.NONE,
                new BasePath(base));
    }

    private static String text(ApiResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
