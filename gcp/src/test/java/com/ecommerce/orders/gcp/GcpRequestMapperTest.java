package com.ecommerce.orders.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.http.ApiRequest;
import com.ecommerce.orders.http.Limits;
import com.ecommerce.orders.http.Parameter;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GcpRequestMapperTest {

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080/orders, /orders",
        "http://localhost:8080/orders?limit=1, /orders",
        "https://orders.example.org, /",
        "https://orders.example.org?a=/b, /",
        "http://[::1]:8080/orders/../health, /orders/../health",
        "http://localhost//orders, //orders",
        "http://localhost/orders;v=1, /orders;v=1",
        "/orders?next=http://example.org/x, /orders",
    })
    void readsThePathAsItWasSent(String uri, String path) {
        assertThat(GcpRequestMapper.rawPath(uri)).isEqualTo(path);
    }

    @Test
    void decodesThePathOnceAndTheQueryAsAForm() {
        ApiRequest request = toApiRequest(FakeRequest.get("/%6frders%2F%252e?a=1+2&a=%C3%A4&b"));

        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.path()).isEqualTo("/orders/%2e");
        assertThat(request.query())
                .containsExactly(new Parameter("a", "1 2"), new Parameter("a", "ä"), new Parameter("b", ""));
    }

    @Test
    void hasNoQueryWithoutAQuestionMark() {
        assertThat(toApiRequest(FakeRequest.get("/orders")).query()).isEmpty();
    }

    @Test
    void lowercasesTheNamesOfHeadersAndJoinsRepeatedOnes() {
        FakeRequest request =
                FakeRequest.get("/orders").with("If-Match", "\"1\"").with("If-Match", "\"2\"");

        assertThat(toApiRequest(request).headers()).isEqualTo(Map.of("if-match", "\"1\", \"2\""));
    }

    @Test
    void readsTheCallersTokenFromTheHeaderOfTheGateway() {
        FakeRequest request = FakeRequest.get("/orders")
                .with("Authorization", "Bearer the-gateway-s-own")
                .with("X-Forwarded-Authorization", "Bearer the-caller-s");

        assertThat(toApiRequest(request).headers()).containsEntry("authorization", "Bearer the-caller-s");
    }

    @Test
    void readsOneByteMoreThanABodyMayHave() throws IOException {
        FakeRequest request = new FakeRequest("POST", "http://localhost/orders", new byte[Limits.MAX_BODY_BYTES + 9]);

        assertThat(toApiRequest(request).body().read()).hasSize(Limits.MAX_BODY_BYTES + 1);
    }

    @Test
    void keepsTheSizeOfAMultipartBodyThatVersion2HasConsumed() throws IOException {
        FakeRequest request = new FakeRequest("POST", "http://localhost/orders", new byte[0], 70)
                .with("Content-Type", "multipart/form-data; boundary=x");

        assertThat(toApiRequest(request).body().read()).hasSize(70);
    }

    @Test
    void hasNoClaimsWithoutAGateway() {
        assertThat(toApiRequest(FakeRequest.get("/orders")).platformClaims()).isNull();
    }

    private static ApiRequest toApiRequest(FakeRequest request) {
        return new GcpRequestMapper(new GcpGatewayClaims("x-apigateway-api-userinfo")).read(request);
    }
}
