package com.ecommerce.orders.payment;

import org.jspecify.annotations.Nullable;

/**
 * The means by which a customer pays.
 *
 * @param type the type in the words of the provider, such as {@code card}
 * @param brand the brand of a card, such as {@code visa}
 * @param last4 the last four digits of the number of a card or an account
 */
public record PaymentMethod(String type, @Nullable String brand, @Nullable String last4) {}
