package com.ecommerce.orders.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.azure.testkit.worker.WorkerRequestMessage;
import com.ecommerce.orders.azure.testkit.worker.WorkerResponseMessage;
import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.ApiResponse;
import com.ecommerce.orders.http.Parameter;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.annotation.FunctionName;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Tests of the ways in which Azure's Java worker changes requests and responses. */
@NullUnmarked
class AzureHandlerTest {

    private static final ApiResponse FINE =
            new ApiResponse(200, Map.of("Content-Type", "application/json"), "{}".getBytes(StandardCharsets.UTF_8));

    private ApiRequest received;

    @Test
    void bindsTheBodyAsAnOptionalString() {
        List<Method> functions = Arrays.stream(AzureHandler.class.getMethods())
                .filter(method -> method.isAnnotationPresent(FunctionName.class))
                .toList();
        assertThat(functions).hasSize(1);
        Type request = functions.get(0).getGenericParameterTypes()[0];

        assertThat(((ParameterizedType) request).getRawType()).isEqualTo(HttpRequestMessage.class);
        assertThat(((ParameterizedType) request).getActualTypeArguments()[0])
                .hasToString("java.util.Optional<java.lang.String>");
    }

    @Test
    void readsHeadersInAnyCase() {
        handle(get("http://h/orders", Map.of("If-Match", "\"1\"", "x-request-id", "a")));

        assertThat(received.headers()).containsOnly(Map.entry("if-match", "\"1\""), Map.entry("x-request-id", "a"));
    }

    @Test
    void readsHeaderNamesEquallyInATurkishLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            handle(get("http://h/orders", Map.of("IF-MATCH", "\"1\"")));
        } finally {
            Locale.setDefault(before);
        }

        assertThat(received.headers()).containsKey("if-match");
    }

    @Test
    void readsRepeatedHeadersAsTheWorkerJoinsThem() {
        handle(get("http://h/orders", Map.of("if-none-match", "\"1\",\"2\"")));

        assertThat(received.headers()).containsEntry("if-none-match", "\"1\",\"2\"");
    }

    @Test
    void leavesOutAHeaderWithoutAValue() {
        Map<String, String> headers = new HashMap<>();
        headers.put("x-empty", null);

        handle(get("http://h/orders", headers));

        assertThat(received.headers()).isEmpty();
    }

    @Test
    void readsEmptyParametersThatTheWorkerDrops() {
        handle(get("http://h/orders?limit=&sort", Map.of()));

        assertThat(received.query()).containsExactly(new Parameter("limit", ""), new Parameter("sort", ""));
    }

    @Test
    void separatesRepeatedParametersThatTheWorkerJoins() {
        handle(new WorkerRequestMessage(
                "GET", "http://h/orders?limit=1&limit=2", Map.of(), Map.of("limit", "1,2"), Optional.empty()));

        assertThat(received.query()).containsExactly(new Parameter("limit", "1"), new Parameter("limit", "2"));
    }

    @Test
    void readsAUrlThatIsNoValidUri() {
        handle(get("http://h/or%20ders?externalRef=a|b[%7C]&x={y}#z", Map.of()));

        assertThat(received.path()).isEqualTo("/or ders");
        assertThat(received.query())
                .containsExactly(new Parameter("externalRef", "a|b[|]"), new Parameter("x", "{y}#z"));
    }

    @Test
    void decodesThePathOnce() {
        handle(get("http://h/orders/%2565+%C3%A9%2F", Map.of()));

        assertThat(received.path()).isEqualTo("/orders/%65+é/");
    }

    @Test
    void readsTheRootWithAndWithoutASlash() {
        handle(get("http://h", Map.of()));
        assertThat(received.path()).isEqualTo("/");

        handle(get("http://h/?a=b", Map.of()));
        assertThat(received.path()).isEqualTo("/");
        assertThat(received.query()).containsExactly(new Parameter("a", "b"));
    }

    @Test
    void readsTheBodyAsUtf8() throws IOException {
        handle(post(Map.of("content-length", "9"), Optional.of("{\"é\":\"€\"}")));

        assertThat(received.body().read()).isEqualTo("{\"é\":\"€\"}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void distinguishesALostBodyFromNoBody() throws IOException {
        handle(post(Map.of("transfer-encoding", "chunked"), Optional.empty()));
        assertThat(received.body().read()).isNull();

        handle(post(Map.of("content-length", "0"), Optional.empty()));
        assertThat(received.body().read()).isEmpty();

        handle(post(Map.of(), Optional.empty()));
        assertThat(received.body().read()).isEmpty();
    }

    @Test
    void readsAChunkedBodyThatArrives() throws IOException {
        handle(post(Map.of("transfer-encoding", "chunked"), Optional.of("{}")));

        assertThat(received.body().read()).isEqualTo("{}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void sendsBytesBecauseThePlatformAddsACharsetToText() {
        WorkerResponseMessage answer = handle(get("http://h/orders", Map.of()));

        assertThat(answer.getBody()).isEqualTo("{}".getBytes(StandardCharsets.UTF_8));
        assertThat(answer.headers()).containsOnly(Map.entry("Content-Type", "application/json"));
    }

    @Test
    void sendsAnEmptyBodyInsteadOfNull() {
        WorkerResponseMessage answer =
                answer(get("http://h/", Map.of()), request -> new ApiResponse(304, Map.of(), new byte[0]));

        assertThat(answer.getStatusCode()).isEqualTo(304);
        assertThat(answer.getBody()).isEqualTo(new byte[0]);
    }

    @Test
    void leavesOutAResponseHeaderWithoutAValue() {
        Map<String, String> headers = new HashMap<>();
        headers.put("ETag", null);

        WorkerResponseMessage answer =
                answer(get("http://h/", Map.of()), request -> new ApiResponse(200, headers, new byte[0]));

        assertThat(answer.headers()).isEmpty();
    }

    @Test
    void respondsWithAnyStatus() {
        assertThat(answer(get("http://h/", Map.of()), request -> new ApiResponse(428, Map.of(), new byte[0]))
                        .getStatusCode())
                .isEqualTo(428);
    }

    @Test
    void respondsWithAProblemToAnyException() {
        WorkerResponseMessage answer = answer(get("http://h/orders", Map.of()), request -> {
            throw new NoClassDefFoundError("com/example/Secret");
        });

        assertThat(answer.getStatusCode()).isEqualTo(500);
        assertThat(answer.headers()).containsEntry("Content-Type", "application/problem+json");
        assertThat(new String((byte[]) answer.getBody(), StandardCharsets.UTF_8))
                .contains("\"code\":\"INTERNAL_ERROR\"", "\"instance\":\"/orders\"", answer.getHeader("X-Request-Id"))
                .doesNotContain("Secret");
    }

    /** The worker calls the function by reflection and reports an exception to the host as a failed invocation. */
    @Test
    void passesAnErrorOfTheJvmToTheWorker() {
        assertThatThrownBy(() -> answer(get("http://h/orders", Map.of()), request -> {
                    throw new OutOfMemoryError("a test's");
                }))
                .isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void respondsWithAProblemToAnUnreadableRequest() {
        WorkerResponseMessage answer =
                handle(new WorkerRequestMessage("BREW", "http://h/", Map.of(), Map.of(), Optional.empty()));

        assertThat(answer.getStatusCode()).isEqualTo(500);
    }

    private WorkerResponseMessage handle(WorkerRequestMessage request) {
        return answer(request, FINE);
    }

    private WorkerResponseMessage answer(WorkerRequestMessage request, ApiResponse response) {
        return answer(request, apiRequest -> {
            received = apiRequest;
            return response;
        });
    }

    private static WorkerResponseMessage answer(
            WorkerRequestMessage request, Function<ApiRequest, ApiResponse> orderApi) {
        return (WorkerResponseMessage) new AzureHandler(() -> orderApi, headers -> null).handle(request);
    }

    private static WorkerRequestMessage get(String url, Map<String, String> headers) {
        return new WorkerRequestMessage("GET", url, headers, Map.of(), Optional.empty());
    }

    private static WorkerRequestMessage post(Map<String, String> headers, Optional<String> body) {
        return new WorkerRequestMessage("POST", "http://h/orders", headers, Map.of(), body);
    }
}
