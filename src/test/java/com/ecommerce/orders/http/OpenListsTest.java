package com.ecommerce.orders.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.event.EventTypes;
import com.ecommerce.orders.event.RemovedEvent;
import com.ecommerce.orders.fulfillment.CancellationReason;
import com.ecommerce.orders.identity.Permission;
import com.ecommerce.orders.operation.FulfillmentStatus;
import com.ecommerce.orders.operation.PaymentStatus;
import com.ecommerce.orders.operation.ProblemCode;
import com.ecommerce.orders.operation.Violation;
import com.ecommerce.orders.order.OrderEvent;
import com.ecommerce.orders.payment.TransactionKind;
import com.ecommerce.orders.payment.TransactionState;
import com.ecommerce.orders.returns.Disposition;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The lists of {@code openapi.yaml} that will grow have all values of the code, and are no closed {@code enum}. */
class OpenListsTest {

    private final JsonNode schemas = schemas();

    @Test
    void listsAllProblemCodes() {
        assertThat(values("/ProblemCode")).containsExactlyInAnyOrderElementsOf(names(ProblemCode.values(), Enum::name));
    }

    @Test
    void listsAllKindsOfViolations() {
        assertThat(values("/ViolationCode"))
                .containsExactlyInAnyOrderElementsOf(names(Violation.Code.values(), Enum::name));
    }

    @Test
    void listsAllScopes() {
        assertThat(values("/Scope")).containsExactlyInAnyOrderElementsOf(names(Permission.values(), Permission::scope));
    }

    @Test
    void listsAllTypesOfEvents() {
        List<String> stored = names(OrderEvent.Type.values(), Enum::name);
        assertThat(values("/OrderEvent/properties/type")).containsExactlyInAnyOrderElementsOf(stored);

        assertThat(values("/Event/properties/type"))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(stored.stream(), Stream.of(RemovedEvent.TYPE))
                        .map(new EventTypes("orders")::nameOf)
                        .toList());
    }

    @Test
    void listsAllKindsStatesAndStatusesOfPayments() {
        List<String> kinds = names(TransactionKind.values(), Enum::name);
        List<String> states = names(TransactionState.values(), Enum::name);

        assertThat(values("/TransactionKind")).isEqualTo(kinds);
        assertThat(values("/TransactionState")).isEqualTo(states);
        assertThat(values("/PaymentStatus")).isEqualTo(names(PaymentStatus.values(), Enum::name));
        assertThat(accepted("/NewTransaction/properties/kind")).isEqualTo(kinds);
        assertThat(accepted("/NewTransaction/properties/state")).isEqualTo(states);
        assertThat(accepted("/Settlement/properties/state")).isEqualTo(states);
    }

    @Test
    void listsAllStatusesAndReasonsOfShipmentsAndReturns() {
        List<String> reasons = names(CancellationReason.values(), Enum::name);
        List<String> dispositions = names(Disposition.values(), Enum::name);

        assertThat(values("/FulfillmentStatus")).isEqualTo(names(FulfillmentStatus.values(), Enum::name));
        assertThat(values("/Cancellation/properties/reason")).isEqualTo(reasons);
        assertThat(accepted("/ItemsCancellation/properties/reason")).isEqualTo(reasons);
        assertThat(values("/ReceiptItem/properties/disposition")).isEqualTo(dispositions);
        assertThat(accepted("/ReceiptItemInput/properties/disposition")).isEqualTo(dispositions);
    }

    @Test
    void saysHowToTreatAnUnknownValue() {
        assertThat(schemas.findParents("x-extensible-enum")).hasSize(13).allSatisfy(list -> assertThat(
                        list.path("description").asString("").replaceAll("\\s+", " "))
                .contains("More values may come. Treat an unknown value as "));
    }

    private List<String> values(String path) {
        JsonNode list = schemas.at(path);
        assertThat(list.has("enum")).as("a closed enum at " + path).isFalse();
        return list.path("x-extensible-enum")
                .valueStream()
                .map(JsonNode::stringValue)
                .toList();
    }

    /** Returns the values that a request may have. */
    private List<String> accepted(String path) {
        return schemas.at(path)
                .path("enum")
                .valueStream()
                .map(JsonNode::stringValue)
                .toList();
    }

    private static <T> List<String> names(T[] values, Function<T, String> name) {
        return Arrays.stream(values).map(name).toList();
    }

    private static JsonNode schemas() {
        try (InputStream yaml = OpenListsTest.class.getResourceAsStream("/openapi.yaml")) {
            Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
            return JsonMapper.shared().valueToTree(document).at("/components/schemas");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
