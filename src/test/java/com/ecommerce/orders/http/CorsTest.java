package com.ecommerce.orders.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.ecommerce.orders.settings.SettingException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullUnmarked
class CorsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "https://shop.example",
                "https://shop.example:8443",
                "http://localhost:3000",
                "http://127.0.0.1",
                "http://[::1]:3000",
                "https://xn--bcher-kva.example",
                "http://my_shop:3000",
                "capacitor://localhost",
                "chrome-extension://abcdefghijklmnop"
            })
    void takesAnOriginAsBrowsersSendIt(String origin) {
        assertThatCode(() -> new Cors(Set.of(origin))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "https://shop.example/, https://shop.example",
        "https://shop.example/app, https://shop.example",
        "https://shop.example?a=b, https://shop.example",
        "https://shop.example#a, https://shop.example",
        "HTTPS://Shop.Example, https://shop.example",
        "https://shop.example:443, https://shop.example",
        "http://shop.example:80/, http://shop.example",
        "http://shop.example:0080, http://shop.example",
        "https://b\u00FCcher.example, https://xn--bcher-kva.example",
        "' https://shop.example', https://shop.example",
        "shop.example, https://shop.example",
        "Shop.example:8443/app, https://shop.example:8443",
        "localhost:3000, https://localhost:3000",
        "https://ada@shop.example, https://shop.example"
    })
    void refusesAnotherSpellingAndShowsTheRightOne(String origin, String right) {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> new Cors(Set.of(origin)))
                .withMessageContaining("ORDERS_CORS_ORIGINS")
                .withMessageEndingWith("ORDERS_CORS_ORIGINS=" + right);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "https://",
                "https:///",
                "https://*.shop.example",
                "https://shop.example:x",
                "://",
                "a b"
            })
    void refusesWhatIsNoOrigin(String origin) {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> new Cors(Set.of(origin)))
                .withMessageEndingWith("ORDERS_CORS_ORIGINS=https://shop.example");
    }

    @Test
    void letsABrowserSendTheHeadersOfATrace() {
        Router router = new Router(List.of(
                new Route("GET", "/orders", (Endpoint.Open) (request, variables) -> ApiResponse.text(200, ""))));
        ApiRequest request = new ApiRequest(
                "OPTIONS",
                "/orders",
                List.of(),
                Map.of("origin", "https://shop.example", "access-control-request-method", "GET"),
                new byte[0]);

        assertThat(new Cors(Set.of("https://shop.example"))
                        .preflight(request, router)
                        .headers()
                        .get("Access-Control-Allow-Headers")
                        .split(", "))
                .contains("traceparent", "tracestate", "Authorization", "Idempotency-Key");
    }
}
