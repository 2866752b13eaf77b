package com.ecommerce.orders.json;

import com.ecommerce.orders.order.Address;
import com.ecommerce.orders.order.Customer;
import com.ecommerce.orders.order.Discount;
import com.ecommerce.orders.order.Money;
import com.ecommerce.orders.order.Operation;
import com.ecommerce.orders.order.OrderCommand;
import com.ecommerce.orders.order.OrderDetails;
import com.ecommerce.orders.order.OrderItem;
import com.ecommerce.orders.order.OrderProblem;
import com.ecommerce.orders.order.Percentage;
import com.ecommerce.orders.order.Refusal;
import com.ecommerce.orders.order.Shipping;
import com.ecommerce.orders.order.TaxRate;
import com.ecommerce.orders.order.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what a mutation is asked to do from its JSON body, and reports every rule that it breaks at once. */
public final class CommandReader {

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
            "updatedAt");
    private static final Set<String> FIXED_WHEN_PLACED =
            union(SERVER_MADE, Set.of("externalRef", "currency", "expectedTotal"));
    private static final Set<String> SERVER_MADE_IN_ITEMS =
            Set.of("lineNumber", "subtotal", "discount", "tax", "total");

    private CommandReader() {}

    /**
     * The command of {@code operation}.
     *
     * @param body of the request, {@code null} if it has none
     * @return {@code null} if the operation takes no command
     * @throws Refusal if the body breaks any rule
     */
    public static @Nullable OrderCommand read(Operation operation, @Nullable JsonNode body) {
        return switch (operation) {
            case CREATE -> readCreate(required(body));
            case UPDATE -> new OrderCommand.UpdateOrder(new MergePatch(checkPatch(required(body))));
            case CONFIRM -> readEmpty(body, new OrderCommand.ConfirmOrder());
            case COMPLETE -> readEmpty(body, new OrderCommand.CompleteOrder());
            case CANCEL -> readCancel(body);
            case GET, LIST, EVENTS -> null;
        };
    }

    private static JsonNode required(@Nullable JsonNode body) {
        if (body == null) {
            throw new Refusal(OrderProblem.invalid(
                    new Violation("", Violation.Code.REQUIRED, "A body is required; send a JSON object")));
        }
        return body;
    }

    private static OrderCommand readCreate(JsonNode body) {
        List<Violation> violations = new ArrayList<>();
        JsonObjectReader fields = JsonObjectReader.of(body, violations);
        OrderDetails draft = readDraft(fields, violations);
        Money expectedTotal = fields.money("expectedTotal");
        fields.refuseOthers(SERVER_MADE);
        return new OrderCommand.CreateOrder(checked(draft, violations), expectedTotal);
    }

    private static OrderCommand readCancel(@Nullable JsonNode body) {
        if (body == null) {
            return new OrderCommand.CancelOrder(null);
        }
        List<Violation> violations = new ArrayList<>();
        JsonObjectReader fields = JsonObjectReader.of(body, violations);
        String reason = fields.text("reason", 500);
        fields.refuseOthers(Set.of());
        return checked(new OrderCommand.CancelOrder(reason), violations);
    }

    private static OrderCommand readEmpty(@Nullable JsonNode body, OrderCommand command) {
        List<Violation> violations = new ArrayList<>();
        if (body != null) {
            JsonObjectReader.of(body, violations).refuseOthers(Set.of());
        }
        return checked(command, violations);
    }

    /**
     * Reads the draft that {@code patch} has made.
     *
     * @param result the whole draft after the patch
     * @throws Refusal if the result breaks a rule by what the patch names
     */
    static OrderDetails readPatched(JsonNode result, JsonNode patch) {
        List<Violation> violations = new ArrayList<>();
        return checked(readDraft(JsonObjectReader.ofPatched(result, patch, violations), violations), violations);
    }

    /** Refuses a patch that breaks a rule whatever order it is applied to. */
    private static JsonNode checkPatch(JsonNode patch) {
        List<Violation> violations = new ArrayList<>();
        JsonObjectReader fields = JsonObjectReader.ofPatch(patch, violations);
        readChangeable(fields);
        fields.refuseOthers(FIXED_WHEN_PLACED);
        return checked(patch, violations);
    }

    private static @Nullable OrderDetails readDraft(JsonObjectReader fields, List<Violation> violations) {
        String externalRef = nonBlank(fields, "externalRef", 100);
        String currency =
                fields.formatted("currency", true, "an ISO 4217 code such as EUR", CodeList.CURRENCIES::contains);
        Changeable rest = readChangeable(fields);
        if (!violations.isEmpty()) {
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
                fields.array("items", true, 1, 500, CommandReader::readItem),
                fields.array("discounts", false, 0, 25, CommandReader::readDiscount),
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
            return fields.violateWhole(Violation.Code.REQUIRED, "A discount has either an amount or a percent");
        }
        return amount == null && percent == null ? null : new Discount(description, amount, percent);
    }

    private static @Nullable Percentage readPercentage(JsonObjectReader fields) {
        String expected = "a decimal string above 0 and at most 100 with at most six decimals, such as \"12.5\"";
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
                "a string: \"0\", \"1\", or \"0.\" and at most six digits, such as \"0.19\"",
                TaxRate::isValid);
        return rate == null ? TaxRate.NONE : new TaxRate(rate);
    }

    private static @Nullable Address readAddress(@Nullable JsonObjectReader fields) {
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

    private static @Nullable String nonBlank(JsonObjectReader fields, String name, int maxLength) {
        String text = fields.text(name, maxLength);
        return text != null && text.isBlank() && fields.isChecked(name)
                ? fields.violate(name, Violation.Code.BLANK, name + " must not be blank; leave it out instead")
                : text;
    }

    private static Set<String> union(Set<String> some, Set<String> more) {
        Set<String> all = new HashSet<>(some);
        all.addAll(more);
        return all;
    }

    private static <T> T checked(@Nullable T value, List<Violation> violations) {
        if (!violations.isEmpty()) {
            throw new Refusal(OrderProblem.invalid(violations));
        }
        return Objects.requireNonNull(value);
    }

    /** What may be changed as long as an order is not final. */
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
