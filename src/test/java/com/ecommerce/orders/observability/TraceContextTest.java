package com.ecommerce.orders.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

    private static final String ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    @ParameterizedTest
    @CsvSource({
        "traceparent, 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "traceparent, cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "x-cloud-trace-context, 4bf92f3577b34da6a3ce929d0e0e4736/1;o=1",
        "x-cloud-trace-context, 4bf92f3577b34da6a3ce929d0e0e4736",
        "x-cloud-trace-context, 4bf92f3577b34da6a3ce929d0e0e4736;o=0",
        "x-amzn-trace-id, Root=1-4bf92f35-77b34da6a3ce929d0e0e4736",
        "x-amzn-trace-id, Self=1-1-1;Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Sampled=1",
    })
    void readsTheTraceOfEachCloud(String header, String value) {
        assertThat(TraceContext.traceId(Map.of(header, value))).isEqualTo(ID);
    }

    @Test
    void prefersTheStandardHeader() {
        Map<String, String> both = Map.of(
                "traceparent",
                "00-" + ID + "-00f067aa0ba902b7-01",
                "x-cloud-trace-context",
                "105445aa7843bc8bf206b12000100000/1;o=1");
        assertThat(TraceContext.traceId(both)).isEqualTo(ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "Root=1-4bf92f35-77b34da6a3ce929d0e0e473",
                "Root=1-4bf92f35-77b34da6a3ce929d0e0e47360",
                "Root=1-4bf92f35-77b34da6a3ce929d0e0e473G",
                "Root=1-4bf92f35077b34da6a3ce929d0e0e47366",
                "NoRoot=1-4bf92f35-77b34da6a3ce929d0e0e4736",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "secret-" + ID + "-1",
                ""
            })
    void doesNotTakeAnythingElseForATrace(String value) {
        for (String header : new String[] {"traceparent", "x-cloud-trace-context", "x-amzn-trace-id"}) {
            assertThat(TraceContext.traceId(Map.of(header, value))).isNull();
        }
    }
}
