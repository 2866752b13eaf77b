package com.ecommerce.orders.payment;

import com.ecommerce.orders.operation.OperationInput;
import com.ecommerce.orders.pricing.Money;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The input of {@code recordTransaction}.
 *
 * @param transactionId the recorded transaction that this report is about; {@code null} if the client names none
 * @param amount above 0
 * @param currency three capital letters; the order's own currency is the only one that is accepted
 * @param provider the name of the provider that moves the money
 * @param reference the provider's id of this fact; {@code null} only while the state is {@code PENDING}
 * @param payment groups transactions, for example by the provider's payment intent
 * @param items the lines that the amount belongs to; information only
 * @param shippingAmount the part of the amount that belongs to shipping; information only
 * @param allowance the part of a refund that lowers the amount due
 * @param returnId the return that a refund belongs to
 * @param occurredAt the time at the provider, to the microsecond
 * @param observed whether the money has already moved, so that no limit on amounts applies
 * @param metadata the client's own notes by key; empty if there are none
 * @param failureReason the reason of a failure, in the words of the provider
 */
public record NewTransaction(
        @Nullable UUID transactionId,
        TransactionKind kind,
        TransactionState state,
        Money amount,
        String currency,
        String provider,
        @Nullable String reference,
        @Nullable String payment,
        @Nullable PaymentMethod method,
        List<TransactionItem> items,
        @Nullable Money shippingAmount,
        @Nullable Money allowance,
        @Nullable UUID returnId,
        @Nullable String reason,
        @Nullable Instant occurredAt,
        boolean observed,
        Map<String, String> metadata,
        @Nullable String failureReason)
        implements OperationInput {

    public NewTransaction {
        items = List.copyOf(items);
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }
}
