package com.ecommerce.orders.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.json.StrictJson;
import com.ecommerce.orders.operation.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {

    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json;",
                "application/json ; ",
                "application/json;;charset=utf-8",
                "application/json; charset=UTF-8",
                "application/json; charset=\"utf-8\"",
                "application/json; foo=bar; charset=utf-8",
                "application/json; profile=\"https://example.org/;charset=latin1\"",
                "application/json; title=\"a\\\"b\""
            })
    void takesJsonWithAnyParametersInUtf8(String type) {
        assertThatCode(() -> BodyReader.check(post(Map.of("content-type", type))))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "json",
                "application/",
                "application/*",
                "*/*",
                "text/json",
                "application/jsonx",
                "application/json charset=utf-8",
                "application/json, application/json",
                "application/json; charset=latin1",
                "application/json; charset=utf-16",
                "application/json; charset=",
                "application/json; charset=utf-8; charset=utf-16",
                "application/json; charset=\"",
                "application/merge-patch+json",
                "application/x-www-form-urlencoded"
            })
    void refusesAnyOtherMediaType(String type) {
        assertUnsupported(post(Map.of("content-type", type)));
    }

    @Test
    void takesAMergePatchOnlyWhereTheMethodIsPatch() {
        Map<String, String> headers = Map.of("content-type", "application/merge-patch+json; charset=utf-8;");

        assertThatCode(() -> BodyReader.check(new ApiRequest("PATCH", "/orders/1", List.of(), headers, BODY)))
                .doesNotThrowAnyException();
        assertUnsupported(post(headers));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "identity", "Identity", ",", "identity,", ", identity ,"})
    void takesABodyWithoutAContentCoding(String encoding) {
        assertThatCode(() -> BodyReader.check(encoded(encoding))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "identity, gzip", "gzip,", "x"})
    void refusesAContentCoding(String encoding) {
        assertUnsupported(encoded(encoding));
    }

    @Test
    void treatsAnIdInUpperCaseAsTheSameRequest() {
        String id = "0193b7a0-0000-7000-8000-00000000abcd";

        assertThat(fingerprint("/orders/" + id.toUpperCase(java.util.Locale.ROOT) + "/cancel", "{}"))
                .isEqualTo(fingerprint("/orders/" + id + "/cancel", "{}"))
                .isNotEqualTo(fingerprint("/orders/" + id + "/confirm", "{}"));
    }

    @Test
    void treatsAnAdditionalNullAsAnotherRequest() {
        assertThat(fingerprint("/orders", "{\"a\":1,\"externalRef\":null}"))
                .isNotEqualTo(fingerprint("/orders", "{\"a\":1}"));
        assertThat(fingerprint("/orders", "{\"a\":1,\"b\":2}")).isEqualTo(fingerprint("/orders", "{ \"b\":2,\"a\":1}"));
    }

    private static String fingerprint(String path, String body) {
        return RequestReader.fingerprint(
                new ApiRequest("POST", path, List.of(), Map.of(), BODY), StrictJson.readTrusted(body));
    }

    private static ApiRequest encoded(String encoding) {
        return post(Map.of("content-type", "application/json", "content-encoding", encoding));
    }

    private static ApiRequest post(Map<String, String> headers) {
        return new ApiRequest("POST", "/orders", List.of(), headers, BODY);
    }

    private static void assertUnsupported(ApiRequest request) {
        assertThatThrownBy(() -> BodyReader.check(request))
                .isInstanceOfSatisfying(
                        HttpProblemException.class,
                        refusal -> assertThat(refusal.document().code()).isEqualTo(ProblemCode.UNSUPPORTED_MEDIA_TYPE));
    }
}
