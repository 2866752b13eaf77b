package com.ecommerce.orders.payment;

import com.ecommerce.orders.operation.OperationInput;
import org.jspecify.annotations.Nullable;

/**
 * The input of {@code settleTransaction}.
 *
 * @param state the state that the provider reports
 * @param reference the provider's id of the transaction; {@code null} if the client sends none
 * @param failureReason the reason of a failure, in the words of the provider
 */
public record Settlement(TransactionState state, @Nullable String reference, @Nullable String failureReason)
        implements OperationInput {}
