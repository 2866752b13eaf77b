package com.ecommerce.orders.json;

import com.ecommerce.orders.operation.Operation;
import com.ecommerce.orders.operation.OperationInput;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.ProblemException;
import com.ecommerce.orders.operation.Violation;
import com.ecommerce.orders.payment.NewTransaction;
import com.ecommerce.orders.payment.PaymentMethod;
import com.ecommerce.orders.payment.Settlement;
import com.ecommerce.orders.payment.TransactionItem;
import com.ecommerce.orders.payment.TransactionKind;
import com.ecommerce.orders.payment.TransactionReference;
import com.ecommerce.orders.payment.TransactionState;
import com.ecommerce.orders.pricing.Money;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A reader of the JSON body of an operation on transactions. It reports all rules that the body breaks together. */
public final class TransactionReader {

    private static final int MAX_LABEL = 50;
    private static final int MAX_PAYMENT = 200;
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Set<String> SERVER_MADE =
            Set.of("id", "orderId", "createdBy", "createdByEmail", "createdAt", "updatedAt");
    private static final Pattern LAST4 = Pattern.compile("[0-9]{4}");

    /** The clocks of providers may be ahead of the clock of this API. */
    private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(5);

    private final JsonObjectReader fields;

    private TransactionReader(JsonNode body) {
        this.fields = JsonObjectReader.of(body);
    }

    /**
     * Reads the input of {@code operation}.
     *
     * @throws ProblemException if the body breaks any rule
     */
    public static OperationInput read(Operation operation, JsonNode body) {
        return operation == Operation.SETTLE_TRANSACTION
                ? readSettlement(body)
                : readNewTransaction(body, Clock.systemUTC());
    }

    private static Settlement readSettlement(JsonNode body) {
        TransactionReader reader = new TransactionReader(body);
        TransactionState state = reader.fields.constant("state", true, TransactionState.class);
        String reference = reader.fields.nonBlank("reference", TransactionReference.MAX_LENGTH);
        String failureReason = reader.readFailureReason(state);
        reader.fields.finish(Set.of());
        return new Settlement(Objects.requireNonNull(state), reference, failureReason);
    }

    /** @param clock tells which times are in the future */
    static NewTransaction readNewTransaction(JsonNode body, Clock clock) {
        return new TransactionReader(body).readNewTransaction(clock);
    }

    private NewTransaction readNewTransaction(Clock clock) {
        UUID transactionId = readId("transactionId");
        TransactionKind kind = fields.constant("kind", true, TransactionKind.class);
        TransactionState state = readState();
        Money amount = fields.requiredPositiveMoney("amount");
        String currency =
                fields.formatted("currency", true, "three capital letters such as EUR", text -> CURRENCY.matcher(text)
                        .matches());
        String provider = fields.formatted(
                "provider", true, TransactionReference.PROVIDER_FORMAT, TransactionReference::isProvider);
        String reference = readReference(state);
        String payment = fields.nonBlank("payment", MAX_PAYMENT);
        PaymentMethod method = readMethod(fields.object("method"));
        List<TransactionItem> items = LedgerFields.items(fields, false, TransactionReader::readItem);
        Money shippingAmount = fields.money("shippingAmount");
        Money allowance = readAllowance(kind, amount);
        UUID returnId = readId("returnId");
        String reason = LedgerFields.freeText(fields, "reason");
        Instant occurredAt = readOccurredAt(clock);
        boolean observed = fields.flag("observed");
        Map<String, String> metadata = LedgerFields.metadata(fields);
        String failureReason = readFailureReason(state);
        fields.finish(SERVER_MADE);
        return new NewTransaction(
                transactionId,
                Objects.requireNonNull(kind),
                Objects.requireNonNull(state),
                Objects.requireNonNull(amount),
                Objects.requireNonNull(currency),
                Objects.requireNonNull(provider),
                reference,
                payment,
                method,
                items == null ? List.of() : items,
                shippingAmount,
                allowance,
                returnId,
                reason,
                occurredAt,
                observed,
                metadata,
                failureReason);
    }

    private @Nullable TransactionState readState() {
        TransactionState state = fields.constant("state", false, TransactionState.class);
        return state == null && !fields.has("state") ? TransactionState.SUCCEEDED : state;
    }

    /** A transaction has a reference as soon as the provider has finished it. */
    private @Nullable String readReference(@Nullable TransactionState state) {
        String reference = fields.nonBlank("reference", TransactionReference.MAX_LENGTH);
        boolean isRequired = state != null && state != TransactionState.PENDING;
        return isRequired && !fields.has("reference")
                ? fields.violate(
                        "reference",
                        Violation.Code.REQUIRED,
                        "reference is required unless state is PENDING. Send the provider's id of the transaction.")
                : reference;
    }

    private static @Nullable PaymentMethod readMethod(@Nullable JsonObjectReader method) {
        if (method == null) {
            return null;
        }
        String type = method.requiredText("type", MAX_LABEL);
        String brand = method.text("brand", MAX_LABEL);
        String last4 = method.formatted("last4", false, "exactly four digits", text -> LAST4.matcher(text)
                .matches());
        method.refuseOthers(Set.of());
        return type == null ? null : new PaymentMethod(type, brand, last4);
    }

    private static @Nullable TransactionItem readItem(JsonObjectReader item, @Nullable Integer line) {
        Money amount = item.requiredMoney("amount");
        return line == null || amount == null ? null : new TransactionItem(line, amount);
    }

    private @Nullable Money readAllowance(@Nullable TransactionKind kind, @Nullable Money amount) {
        Money allowance = fields.money("allowance");
        if (fields.has("allowance") && kind != null && kind != TransactionKind.REFUND) {
            return fields.violate(
                    "allowance", Violation.Code.NOT_CHANGEABLE, "Only a REFUND has an allowance. Leave it out.");
        }
        return allowance != null && amount != null && allowance.minorUnits() > amount.minorUnits()
                ? fields.violate(
                        "allowance", Violation.Code.OUT_OF_RANGE, "allowance must be 0 to the amount of the refund")
                : allowance;
    }

    private @Nullable Instant readOccurredAt(Clock clock) {
        Instant time = LedgerFields.time(fields, "occurredAt");
        return time == null || !time.isAfter(clock.instant().plus(MAX_CLOCK_SKEW))
                ? time
                : fields.violate(
                        "occurredAt",
                        Violation.Code.OUT_OF_RANGE,
                        "occurredAt must be at most 5 minutes in the future");
    }

    private @Nullable String readFailureReason(@Nullable TransactionState state) {
        String failureReason = LedgerFields.freeText(fields, "failureReason");
        return fields.has("failureReason") && state != null && state != TransactionState.FAILED
                ? fields.violate(
                        "failureReason",
                        Violation.Code.NOT_CHANGEABLE,
                        "failureReason needs the state FAILED. Leave it out.")
                : failureReason;
    }

    private @Nullable UUID readId(String name) {
        String text = fields.formatted(
                name, false, "a UUID", id -> OrderId.parseUuid(id).isPresent());
        return text == null ? null : UUID.fromString(text);
    }
}
