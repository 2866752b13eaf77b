package com.ecommerce.orders.pricing;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The calculation of prices. Each discount is computed on the subtotal of all lines. The sum of the discounts is spread
 * once over the lines, in proportion to their subtotals. The amounts of the lines therefore add up exactly to the totals.
 */
public final class Pricing {

    private Pricing() {}

    /**
     * Prices the lines.
     *
     * @param lines the lines, at least one
     * @param discounts at most a few dozen discounts; may be empty
     * @param shipping {@code null} if nothing is shipped
     * @throws PricingException if the discounts exceed the subtotal, or an amount exceeds {@link Money#MAX_MINOR_UNITS}
     */
    public static Price price(List<? extends PricedLine> lines, List<Discount> discounts, @Nullable Shipping shipping) {
        List<Money> subtotals = subtotals(lines);
        Money subtotal = subtotal(subtotals);
        Money discount = discount(discounts, subtotal);
        try {
            List<LineAmounts> amounts = amounts(lines, subtotals, spread(discount, subtotals));
            return new Price(amounts, totals(subtotal, discount, shipping, amounts));
        } catch (ArithmeticException tooLarge) {
            throw PricingException.of(PricingException.Part.TOTAL, tooLarge("The order's total"));
        }
    }

    private static List<Money> subtotals(List<? extends PricedLine> lines) {
        List<Money> subtotals = new ArrayList<>(lines.size());
        List<PricingException.Fault> faults = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            try {
                subtotals.add(lines.get(i).unitPrice().times(lines.get(i).quantity()));
            } catch (ArithmeticException tooLarge) {
                faults.add(new PricingException.Fault(
                        PricingException.Part.LINE, i, tooLarge("Quantity times unitPrice")));
            }
        }
        if (!faults.isEmpty()) {
            throw new PricingException(faults);
        }
        return subtotals;
    }

    private static Money subtotal(List<Money> subtotals) {
        try {
            return sum(subtotals);
        } catch (ArithmeticException tooLarge) {
            throw PricingException.of(PricingException.Part.SUBTOTAL, tooLarge("The subtotal"));
        }
    }

    private static Money discount(List<Discount> discounts, Money subtotal) {
        // There are few discounts. Their sum fits into a long, even if it exceeds the largest amount.
        long sum = 0;
        for (Discount discount : discounts) {
            sum = Math.addExact(sum, discount.on(subtotal).minorUnits());
        }
        if (sum > subtotal.minorUnits()) {
            throw PricingException.of(
                    PricingException.Part.DISCOUNTS,
                    "The discounts (" + sum + ") exceed the subtotal (" + subtotal + "). Lower the discounts.");
        }
        return new Money(sum);
    }

    /**
     * Spreads {@code discount} over the lines by the largest-remainder method. If two remainders are equal, the line with
     * the lower number gets the unit. A subtotal of 0 has no discount to spread.
     */
    static List<Money> spread(Money discount, List<Money> subtotals) {
        int count = subtotals.size();
        if (discount.isZero()) {
            return Collections.nCopies(count, Money.ZERO);
        }
        BigInteger whole = BigInteger.valueOf(sum(subtotals).minorUnits());
        BigInteger amount = BigInteger.valueOf(discount.minorUnits());
        long[] shares = new long[count];
        BigInteger[] remainders = new BigInteger[count];
        long left = discount.minorUnits();
        for (int line = 0; line < count; line++) {
            BigInteger[] share = amount.multiply(
                            BigInteger.valueOf(subtotals.get(line).minorUnits()))
                    .divideAndRemainder(whole);
            shares[line] = share[0].longValueExact();
            remainders[line] = share[1];
            left -= shares[line];
        }
        IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparing((Integer line) -> remainders[line]).reversed())
                .limit(left)
                .forEach(line -> shares[line]++);
        return Arrays.stream(shares).mapToObj(Money::new).toList();
    }

    private static List<LineAmounts> amounts(
            List<? extends PricedLine> lines, List<Money> subtotals, List<Money> discounts) {
        List<LineAmounts> amounts = new ArrayList<>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            Money discounted = subtotals.get(i).minus(discounts.get(i));
            Money tax = lines.get(i).taxRate().on(discounted);
            amounts.add(new LineAmounts(subtotals.get(i), discounts.get(i), tax, discounted.plus(tax)));
        }
        return amounts;
    }

    private static Totals totals(Money subtotal, Money discount, @Nullable Shipping shipping, List<LineAmounts> lines) {
        Money tax = Money.ZERO;
        for (LineAmounts line : lines) {
            tax = tax.plus(line.tax());
        }
        if (shipping == null) {
            return Totals.of(subtotal, discount, Money.ZERO, tax);
        }
        Money shippingTax = shipping.taxRate().on(shipping.amount());
        return Totals.of(subtotal, discount, shipping.amount(), tax.plus(shippingTax));
    }

    private static Money sum(List<Money> amounts) {
        Money sum = Money.ZERO;
        for (Money amount : amounts) {
            sum = sum.plus(amount);
        }
        return sum;
    }

    private static String tooLarge(String amount) {
        return amount + " exceeds the largest amount, " + Money.MAX_MINOR_UNITS + ". Split the order.";
    }
}
