package com.ecommerce.orders.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.operation.Operation;
import com.ecommerce.orders.operation.ProblemException;
import com.ecommerce.orders.operation.Violation;
import com.ecommerce.orders.order.Address;
import com.ecommerce.orders.order.BrokenRules;
import com.ecommerce.orders.order.Customer;
import com.ecommerce.orders.order.OrderDetails;
import com.ecommerce.orders.order.OrderItem;
import com.ecommerce.orders.order.OrderPatch;
import com.ecommerce.orders.pricing.Discount;
import com.ecommerce.orders.pricing.Money;
import com.ecommerce.orders.pricing.Percentage;
import com.ecommerce.orders.pricing.Shipping;
import com.ecommerce.orders.pricing.TaxRate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Patches of an order that was placed under older rules and breaks the current rules. */
@NullUnmarked
class OrderPatchTest {

    private static final Address OLD_ADDRESS =
            new Address("n".repeat(300), "1 Main St", " ", "City", "", "p".repeat(30), "YU");
    private static final OrderDetails OLD = new OrderDetails(
            " ",
            "DEM",
            new Customer("c".repeat(300), "ada\u200B@example", "Ada"),
            List.of(new OrderItem("s".repeat(200), "n".repeat(300), 2, new Money(50), TaxRate.NONE)),
            List.of(new Discount("d".repeat(300), null, new Percentage("1"))),
            new Shipping(new Money(5), TaxRate.NONE),
            OLD_ADDRESS,
            OLD_ADDRESS,
            "n".repeat(3000),
            metadata(60));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"note\":\"new\"}",
                "{\"note\":null}",
                "{\"customer\":{\"name\":\"Grace\"}}",
                "{\"customer\":{\"email\":null}}",
                "{\"customer\":null}",
                "{\"shippingAddress\":{\"city\":\"Town\"}}",
                "{\"shippingAddress\":{\"line2\":null}}",
                "{\"billingAddress\":null}",
                "{\"metadata\":null}",
                "{\"shipping\":{\"amount\":7}}",
                "{\"shipping\":null}",
                "{\"discounts\":[]}",
                "{\"items\":[{\"sku\":\"A\",\"quantity\":1,\"unitPrice\":1}]}"
            })
    void changesOnlyWhatIsNamed(String patch) {
        OrderDetails patched = apply(patch);

        assertThat(JsonOrderSerializer.tree(patched))
                .isEqualTo(
                        withDefaults(MergePatch.apply(JsonOrderSerializer.tree(OLD), StrictJson.readTrusted(patch))));
        assertThat(patched.currency()).isEqualTo("DEM");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"shippingAddress":{"country":"YU"}}|/shippingAddress/country
                    {"shippingAddress":{"name":" "}}|/shippingAddress/name
                    {"shippingAddress":{"city":null}}|/shippingAddress/city
                    {"billingAddress":{"postalCode":"123456789012345678901"}}|/billingAddress/postalCode
                    {"customer":{"email":"ada"}}|/customer/email
                    {"shipping":{"amount":null}}|/shipping/amount
                    {"metadata":{"k0":"v"}}|/metadata
                    {"items":[{"sku":"A","quantity":0,"unitPrice":1}]}|/items/0/quantity
                    {"items":null}|/items
                    {"discounts":[{"percent":"101"}]}|/discounts/0/percent
                    """)
    void holdsWhatIsNamedAgainstTheRulesOfToday(String patch, String pointer) {
        assertThatThrownBy(() -> apply(patch))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(BrokenRules.of(problem))
                        .extracting(Violation::pointer)
                        .containsExactly(pointer));
    }

    @Test
    void requiresACompleteAddressIfTheOrderHadNone() {
        OrderDetails without = apply("{\"shippingAddress\":null}");

        assertThatThrownBy(() -> apply("{\"shippingAddress\":{\"city\":\"Town\"}}", without))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(BrokenRules.of(problem))
                        .extracting(Violation::pointer)
                        .containsExactly(
                                "/shippingAddress/name",
                                "/shippingAddress/line1",
                                "/shippingAddress/postalCode",
                                "/shippingAddress/country"));
    }

    @Test
    void acceptsAPatchThatReducesMetadataToTheLimit() {
        StringBuilder patch = new StringBuilder("{\"metadata\":{\"new\":\"v\"");
        IntStream.range(0, 11).forEach(i -> patch.append(",\"k").append(i).append("\":null"));

        assertThat(apply(patch.append("}}").toString()).metadata()).hasSize(50).containsEntry("new", "v");
    }

    private static OrderDetails apply(String patch) {
        return apply(patch, OLD);
    }

    private static OrderDetails apply(String patch, OrderDetails details) {
        OrderPatch read = (OrderPatch) OrderReader.read(Operation.UPDATE_ORDER, StrictJson.readTrusted(patch));
        return read.applyTo(details);
    }

    /** The API fills in what a client leaves out of an item. */
    private static JsonNode withDefaults(JsonNode merged) {
        merged.path("items").forEach(item -> {
            if (!item.has("taxRate")) {
                ((ObjectNode) item).put("taxRate", "0");
            }
        });
        if (merged.path("discounts").isEmpty()) {
            ((ObjectNode) merged).remove("discounts");
        }
        return merged;
    }

    private static Map<String, String> metadata(int keys) {
        Map<String, String> metadata = new LinkedHashMap<>();
        IntStream.range(0, keys).forEach(i -> metadata.put("k" + i, "v"));
        return metadata;
    }
}
