package com.ecommerce.orders.order;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Computes what an order costs. Every discount is computed on the order's subtotal; their sum is spread once over the
 * lines, in proportion to their subtotals, so that the lines add up to the order exactly.
 */
final class Pricing {

    private Pricing() {}

    /** @throws Refusal if the discounts exceed the subtotal or an amount exceeds {@link Money#MAX_MINOR_UNITS} */
    static Price price(OrderDetails draft) {
        List<Money> subtotals = subtotals(draft.items());
        Money subtotal = subtotal(subtotals);
        Money discount = discount(draft.discounts(), subtotal);
        try {
            List<LineAmounts> lines = lines(draft.items(), subtotals, spread(discount, subtotals));
            return new Price(lines, totals(draft, subtotal, discount, lines));
        } catch (ArithmeticException tooLarge) {
            throw new Refusal(OrderProblem.invalid(tooLarge("", "The order's total")));
        }
    }

    private static List<Money> subtotals(List<OrderItem> items) {
        List<Money> subtotals = new ArrayList<>(items.size());
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            try {
                subtotals.add(items.get(i).unitPrice().times(items.get(i).quantity()));
            } catch (ArithmeticException tooLarge) {
                violations.add(tooLarge("/items/" + i, "Quantity times unitPrice"));
            }
        }
        if (!violations.isEmpty()) {
            throw new Refusal(OrderProblem.invalid(violations));
        }
        return subtotals;
    }

    private static Money subtotal(List<Money> subtotals) {
        try {
            return sum(subtotals);
        } catch (ArithmeticException tooLarge) {
            throw new Refusal(OrderProblem.invalid(tooLarge("/items", "The subtotal")));
        }
    }

    private static Money discount(List<Discount> discounts, Money subtotal) {
        // An order has few discounts, so that their sum fits although it may be no amount.
        long sum = 0;
        for (Discount discount : discounts) {
            sum = Math.addExact(sum, discount.on(subtotal).minorUnits());
        }
        if (sum > subtotal.minorUnits()) {
            throw new Refusal(OrderProblem.invalid(new Violation(
                    "/discounts",
                    Violation.Code.OUT_OF_RANGE,
                    "The discounts (" + sum + ") exceed the subtotal (" + subtotal + "); lower them")));
        }
        return new Money(sum);
    }

    /**
     * Spreads {@code discount} by the largest-remainder method; the lower line wins a tie. Over a subtotal of 0 there
     * is nothing to spread.
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

    private static List<LineAmounts> lines(List<OrderItem> items, List<Money> subtotals, List<Money> discounts) {
        List<LineAmounts> lines = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            Money discounted = subtotals.get(i).minus(discounts.get(i));
            Money tax = items.get(i).taxRate().on(discounted);
            lines.add(new LineAmounts(subtotals.get(i), discounts.get(i), tax, discounted.plus(tax)));
        }
        return lines;
    }

    private static Totals totals(OrderDetails draft, Money subtotal, Money discount, List<LineAmounts> lines) {
        Money shipping = Money.ZERO;
        Money tax = Money.ZERO;
        for (LineAmounts line : lines) {
            tax = tax.plus(line.tax());
        }
        if (draft.shipping() != null) {
            shipping = draft.shipping().amount();
            tax = tax.plus(draft.shipping().taxRate().on(shipping));
        }
        return Totals.of(subtotal, discount, shipping, tax);
    }

    private static Money sum(List<Money> amounts) {
        Money sum = Money.ZERO;
        for (Money amount : amounts) {
            sum = sum.plus(amount);
        }
        return sum;
    }

    private static Violation tooLarge(String pointer, String what) {
        return new Violation(
                pointer,
                Violation.Code.OUT_OF_RANGE,
                what + " exceeds the largest amount, " + Money.MAX_MINOR_UNITS + "; split the order");
    }
}
