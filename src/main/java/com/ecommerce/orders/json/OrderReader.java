package com.ecommerce.orders.json;

import com.ecommerce.orders.operation.Operation;
import com.ecommerce.orders.operation.OperationInput;
import com.ecommerce.orders.operation.ProblemException;
import com.ecommerce.orders.operation.Violation;
import com.ecommerce.orders.order.Address;
import com.ecommerce.orders.order.Cancellation;
import com.ecommerce.orders.order.Customer;
import com.ecommerce.orders.order.NewOrder;
import com.ecommerce.orders.order.OrderDetails;
import com.ecommerce.orders.order.OrderItem;
import com.ecommerce.orders.pricing.Discount;
import com.ecommerce.orders.pricing.Money;
import com.ecommerce.orders.pricing.Percentage;
import com.ecommerce.orders.pricing.Shipping;
import com.ecommerce.orders.pricing.TaxRate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A reader of the JSON body of an order operation. It reports all rules that the body breaks together. */
public final class OrderReader {

    private static final int MAX_TEXT = 200;
    private static final Set<String> SERVER_MADE = Set.of(
            "id",
            "status",
            "version",
            "allowedActions",
            "totals",
            "cancelReason",
            "createdBy",
            "createdByEmail",
            "createdAt",
            "updatedAt",
            "payment",
            "fulfillment");
    private static final Set<String> FIXED_WHEN_PLACED =
            union(SERVER_MADE, Set.of("externalRef", "currency", "expectedTotal"));
    private static final Set<String> SERVER_MADE_IN_ITEMS =
            Set.of("lineNumber", "subtotal", "discount", "tax", "total");

    private OrderReader() {}

    /**
     * Reads the input of {@code operation}.
     *
     * @param body the body of the request, {@code null} if there is none
     * @return {@code null} if the operation takes no input
     * @throws ProblemException if the body breaks any rule
     */
    public static @Nullable OperationInput read(Operation operation, @Nullable JsonNode body) {
        if (!operation.takesBody()) {
            return readNothing(body);
        }
        return switch (operation) {
            case CREATE_ORDER -> readNewOrder(required(body));
            case UPDATE_ORDER -> new MergePatch(checkPatch(required(body)));
            case CANCEL_ORDER -> readCancellation(body);
            case RECORD_TRANSACTION, SETTLE_TRANSACTION -> TransactionReader.read(operation, required(body));
            case CREATE_FULFILLMENT -> FulfillmentReader.readNew(body);
            case UPDATE_FULFILLMENT -> FulfillmentReader.readPatch(required(body));
            case CANCEL_ITEMS -> FulfillmentReader.readCancellation(required(body));
            case CREATE_RETURN -> ReturnReader.readNew(required(body));
            case RECEIVE_RETURN -> ReturnReader.readReceipt(required(body));
            default -> throw new IllegalStateException("Nothing reads the body of " + operation + ". Add a case here.");
        };
    }

    private static JsonNode required(@Nullable JsonNode body) {
        if (body == null) {
            throw new ProblemException(
                    new Violation("", Violation.Code.REQUIRED, "A body is required. Send a JSON object."));
        }
        return body;
    }

    private static NewOrder readNewOrder(JsonNode body) {
        JsonObjectReader fields = JsonObjectReader.of(body);
        OrderDetails details = readDetails(fields);
        Money expectedTotal = fields.money("expectedTotal");
        fields.finish(SERVER_MADE);
        return new NewOrder(Objects.requireNonNull(details), expectedTotal);
    }

    private static Cancellation readCancellation(@Nullable JsonNode body) {
        if (body == null) {
            return new Cancellation(null);
        }
        JsonObjectReader fields = JsonObjectReader.of(body);
        String reason = fields.text("reason", 500);
        fields.finish(Set.of());
        return new Cancellation(reason);
    }

    private static @Nullable OperationInput readNothing(@Nullable JsonNode body) {
        if (body != null) {
            JsonObjectReader.of(body).finish(Set.of());
        }
        return null;
    }

    /**
     * Reads the result of {@code patch}.
     *
     * @param result all details after the patch
     * @throws ProblemException if a field that the patch names breaks a rule, or if a required field is missing
     */
    static OrderDetails readPatched(JsonNode result, JsonNode patch) {
        JsonObjectReader fields = JsonObjectReader.ofPatched(result, patch);
        OrderDetails details = readDetails(fields);
        fields.check();
        return Objects.requireNonNull(details);
    }

    /** Refuses a patch that breaks a rule for every order. */
    private static JsonNode checkPatch(JsonNode patch) {
        JsonObjectReader fields = JsonObjectReader.ofPatch(patch);
        readChangeable(fields);
        fields.finish(FIXED_WHEN_PLACED);
        return patch;
    }

    private static @Nullable OrderDetails readDetails(JsonObjectReader fields) {
        String externalRef = fields.nonBlank("externalRef", 100);
        String currency =
                fields.formatted("currency", true, "an ISO 4217 code such as EUR", CodeList.CURRENCIES::contains);
        Changeable rest = readChangeable(fields);
        if (fields.hasViolations()) {
            return null;
        }
        return new OrderDetails(
                externalRef,
                Objects.requireNonNull(currency),
                rest.customer,
                Objects.requireNonNull(rest.items),
                rest.discounts == null ? List.of() : rest.discounts,
                rest.shipping,
                rest.shippingAddress,
                rest.billingAddress,
                rest.note,
                rest.metadata);
    }

    private static Changeable readChangeable(JsonObjectReader fields) {
        return new Changeable(
                readCustomer(fields.object("customer")),
                fields.array("items", true, 1, 500, OrderReader::readItem),
                fields.array("discounts", false, 0, 25, OrderReader::readDiscount),
                readShipping(fields.object("shipping")),
                readAddress(fields.object("shippingAddress")),
                readAddress(fields.object("billingAddress")),
                fields.text("note", 2000),
                fields.texts("metadata", 50, 40, 500));
    }

    private static @Nullable Customer readCustomer(@Nullable JsonObjectReader fields) {
        if (fields == null) {
            return null;
        }
        String id = fields.text("id", MAX_TEXT);
        String email = fields.text("email", MAX_TEXT);
        String name = fields.text("name", MAX_TEXT);
        if (email != null && fields.isChecked("email") && !EmailAddress.isValid(email)) {
            fields.violate("email", Violation.Code.BAD_FORMAT, "email must look like name@example.org");
        }
        fields.refuseOthers(Set.of());
        return id == null && email == null && name == null ? null : new Customer(id, email, name);
    }

    private static @Nullable OrderItem readItem(JsonObjectReader fields) {
        String sku = fields.requiredText("sku", 100);
        String name = fields.text("name", MAX_TEXT);
        Integer quantity = fields.requiredInteger("quantity", 1, OrderItem.MAX_QUANTITY);
        Money unitPrice = fields.requiredMoney("unitPrice");
        TaxRate taxRate = readTaxRate(fields);
        fields.refuseOthers(SERVER_MADE_IN_ITEMS);
        return sku == null || quantity == null || unitPrice == null
                ? null
                : new OrderItem(sku, name, quantity, unitPrice, taxRate);
    }

    private static @Nullable Discount readDiscount(JsonObjectReader fields) {
        String description = fields.text("description", MAX_TEXT);
        Money amount = fields.money("amount");
        Percentage percent = readPercentage(fields);
        fields.refuseOthers(Set.of());
        if (fields.has("amount") == fields.has("percent")) {
            return fields.violateWhole(
                    Violation.Code.REQUIRED, "A discount must have either an amount or a percent, not both");
        }
        return amount == null && percent == null ? null : new Discount(description, amount, percent);
    }

    private static @Nullable Percentage readPercentage(JsonObjectReader fields) {
        String expected = "a decimal string above 0, at most 100, with at most six decimals, such as \"12.5\"";
        String text = fields.formatted("percent", false, expected, Percentage::isDecimal);
        if (text == null) {
            return null;
        }
        return Percentage.isInRange(text)
                ? new Percentage(text)
                : fields.violate("percent", Violation.Code.OUT_OF_RANGE, "percent must be " + expected);
    }

    private static @Nullable Shipping readShipping(@Nullable JsonObjectReader fields) {
        if (fields == null) {
            return null;
        }
        Money amount = fields.requiredMoney("amount");
        TaxRate taxRate = readTaxRate(fields);
        fields.refuseOthers(Set.of());
        return amount == null ? null : new Shipping(amount, taxRate);
    }

    private static TaxRate readTaxRate(JsonObjectReader fields) {
        String rate = fields.formatted(
                "taxRate",
                false,
                "a string: \"0\", \"1\", or \"0.\" with one to six digits, such as \"0.19\"",
                TaxRate::isValid);
        return rate == null ? TaxRate.NONE : new TaxRate(rate);
    }

    static @Nullable Address readAddress(@Nullable JsonObjectReader fields) {
        if (fields == null) {
            return null;
        }
        String name = fields.requiredText("name", MAX_TEXT);
        String line1 = fields.requiredText("line1", MAX_TEXT);
        String line2 = fields.text("line2", MAX_TEXT);
        String city = fields.requiredText("city", MAX_TEXT);
        String region = fields.text("region", MAX_TEXT);
        String postalCode = fields.requiredText("postalCode", 20);
        String country =
                fields.formatted("country", true, "an ISO 3166-1 code such as DE", CodeList.COUNTRIES::contains);
        fields.refuseOthers(Set.of());
        return name == null || line1 == null || city == null || postalCode == null || country == null
                ? null
                : new Address(name, line1, line2, city, region, postalCode, country);
    }

    private static Set<String> union(Set<String> some, Set<String> more) {
        Set<String> all = new HashSet<>(some);
        all.addAll(more);
        return all;
    }

    /** The fields that may be changed while an order is not final. */
    private record Changeable(
            @Nullable Customer customer,
            @Nullable List<OrderItem> items,
            @Nullable List<Discount> discounts,
            @Nullable Shipping shipping,
            @Nullable Address shippingAddress,
            @Nullable Address billingAddress,
            @Nullable String note,
            Map<String, String> metadata) {}
}
