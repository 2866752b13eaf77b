package com.ecommerce.orders.order;

import com.ecommerce.orders.operation.ProblemException;
import com.ecommerce.orders.operation.RequestProblem;
import com.ecommerce.orders.operation.Violation;
import com.ecommerce.orders.pricing.Discount;
import com.ecommerce.orders.pricing.Price;
import com.ecommerce.orders.pricing.Pricing;
import com.ecommerce.orders.pricing.PricingException;
import com.ecommerce.orders.pricing.Shipping;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The details of an order that its client sets.
 *
 * @param externalRef the client's own order number, unique within the tenant, or {@code null}
 * @param currency the ISO 4217 code of all amounts
 * @param items 1 to 500 items
 * @param discounts up to 25 discounts on the subtotal of all items
 * @param metadata the client's own notes by key, in the order that the client sent; empty if there are none
 */
public record OrderDetails(
        @Nullable String externalRef,
        String currency,
        @Nullable Customer customer,
        List<OrderItem> items,
        List<Discount> discounts,
        @Nullable Shipping shipping,
        @Nullable Address shippingAddress,
        @Nullable Address billingAddress,
        @Nullable String note,
        Map<String, String> metadata) {

    /** @throws IllegalArgumentException if there is no item */
    public OrderDetails {
        items = List.copyOf(items);
        discounts = List.copyOf(discounts);
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        if (items.isEmpty()) {
            throw new IllegalArgumentException("An order has at least one item");
        }
    }

    /**
     * Computes the price.
     *
     * @throws ProblemException if the discounts exceed the subtotal, or if an amount is too large
     */
    Price price() {
        try {
            return Pricing.price(items, discounts, shipping);
        } catch (PricingException outOfRange) {
            throw new ProblemException(new RequestProblem.InvalidRequest(
                    outOfRange.faults().stream().map(OrderDetails::violation).toList()));
        }
    }

    private static Violation violation(PricingException.Fault fault) {
        String pointer =
                switch (fault.part()) {
                    case LINE -> "/items/" + fault.line();
                    case SUBTOTAL -> "/items";
                    case DISCOUNTS -> "/discounts";
                    case TOTAL -> "";
                };
        return new Violation(pointer, Violation.Code.OUT_OF_RANGE, fault.detail());
    }

    /** Tells whether {@code other} has the same items, discounts and shipping. */
    public boolean isPricedLike(OrderDetails other) {
        return items.equals(other.items)
                && discounts.equals(other.discounts)
                && Objects.equals(shipping, other.shipping);
    }
}
