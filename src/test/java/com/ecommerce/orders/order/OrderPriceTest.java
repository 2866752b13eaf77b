package com.ecommerce.orders.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecommerce.orders.operation.ProblemException;
import com.ecommerce.orders.operation.Violation;
import com.ecommerce.orders.pricing.Discount;
import com.ecommerce.orders.pricing.LineAmounts;
import com.ecommerce.orders.pricing.Money;
import com.ecommerce.orders.pricing.Percentage;
import com.ecommerce.orders.pricing.Price;
import com.ecommerce.orders.pricing.Shipping;
import com.ecommerce.orders.pricing.TaxRate;
import com.ecommerce.orders.pricing.Totals;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.NullUnmarked;

@NullUnmarked
class OrderPriceTest {

    private static final int ORDERS = 1_000;

    @Example
    void aBookAtTenSeventyFivePercentWithShippingIsThirtyFourTwelve() {
        Price price = details(List.of(item(1, 2499, "0.1075")), List.of(), new Shipping(new Money(644), TaxRate.NONE))
                .price();

        assertThat(price.totals().tax()).isEqualTo(new Money(269));
        assertThat(price.totals().grandTotal()).isEqualTo(new Money(3412));
    }

    @Example
    void aFreeOrderHasNothingToSpreadOver() {
        Price price = details(
                        List.of(item(3, 0, "0.19")), List.of(new Discount(null, null, new Percentage("100"))), null)
                .price();

        assertThat(price.totals().grandTotal()).isEqualTo(Money.ZERO);
    }

    @Example
    void refusesDiscountsOverTheSubtotal() {
        OrderDetails details =
                details(List.of(item(1, 100, "0")), List.of(new Discount(null, new Money(101), null)), null);

        assertThatThrownBy(() -> details.price())
                .isInstanceOfSatisfying(ProblemException.class, refusal -> assertThat(BrokenRules.of(refusal))
                        .extracting(Violation::pointer)
                        .containsExactly("/discounts"));
    }

    @Example
    void namesTheDiscountsWhereTheirSumIsTooLarge() {
        Discount largest = new Discount(null, new Money(Money.MAX_MINOR_UNITS), null);
        Discount all = new Discount(null, null, new Percentage("100"));

        assertRefusedAt(
                "/discounts",
                details(List.of(item(1, Money.MAX_MINOR_UNITS, "0")), Collections.nCopies(25, largest), null));
        assertRefusedAt(
                "/discounts",
                details(List.of(item(1, Money.MAX_MINOR_UNITS, "0")), Collections.nCopies(25, all), null));
    }

    @Example
    void namesThePartThatIsTooLarge() {
        OrderItem largest = item(1, Money.MAX_MINOR_UNITS, "0");

        assertRefusedAt("/items", details(List.of(largest, item(1, 1, "0")), List.of(), null));
        assertRefusedAt("/items/1", details(List.of(largest, item(2, Money.MAX_MINOR_UNITS, "0")), List.of(), null));
        assertRefusedAt("", details(List.of(largest), List.of(), new Shipping(new Money(1), TaxRate.NONE)));
        assertRefusedAt("", details(List.of(item(1, Money.MAX_MINOR_UNITS, "1")), List.of(), null));
    }

    private static void assertRefusedAt(String pointer, OrderDetails details) {
        assertThatThrownBy(() -> details.price())
                .isInstanceOfSatisfying(ProblemException.class, refusal -> assertThat(BrokenRules.of(refusal))
                        .extracting(Violation::pointer)
                        .containsExactly(pointer));
    }

    @Example
    void refusesWhatNoClientCouldKeepExactly() {
        OrderDetails line = details(List.of(item(2, Money.MAX_MINOR_UNITS, "0")), List.of(), null);
        OrderDetails sum = details(List.of(item(1, Money.MAX_MINOR_UNITS, "0"), item(1, 1, "0")), List.of(), null);
        OrderDetails overflow = details(List.of(item(999_999, Money.MAX_MINOR_UNITS, "0")), List.of(), null);

        assertThatThrownBy(() -> line.price()).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> sum.price()).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> overflow.price()).isInstanceOf(ProblemException.class);
    }

    @Property(tries = ORDERS)
    void linesAddUpToTheOrderToTheCent(@ForAll("drafts") OrderDetails details) {
        Price price = details.price();
        Totals totals = price.totals();

        assertThat(sum(price, LineAmounts::subtotal)).isEqualTo(big(totals.subtotal()));
        assertThat(sum(price, LineAmounts::discount)).isEqualTo(big(totals.discount()));
        BigInteger shippingTax = details.shipping() == null
                ? BigInteger.ZERO
                : rounded(
                        details.shipping().amount(),
                        details.shipping().taxRate().text());
        assertThat(sum(price, LineAmounts::tax).add(shippingTax)).isEqualTo(big(totals.tax()));
        assertThat(sum(price, LineAmounts::total).add(big(totals.shipping())).add(shippingTax))
                .isEqualTo(big(totals.grandTotal()));
    }

    @Property(tries = ORDERS)
    void noLineIsDiscountedBeyondItsSubtotalOrAwayFromItsShare(@ForAll("drafts") OrderDetails details) {
        Price price = details.price();
        BigDecimal discount = new BigDecimal(big(price.totals().discount()));
        BigDecimal subtotal = new BigDecimal(big(price.totals().subtotal()));

        for (LineAmounts line : price.lines()) {
            assertThat(line.discount()).isLessThanOrEqualTo(line.subtotal());
            if (subtotal.signum() > 0) {
                BigDecimal exact = discount.multiply(new BigDecimal(big(line.subtotal())))
                        .divide(subtotal, 9, RoundingMode.HALF_EVEN);
                assertThat(new BigDecimal(big(line.discount())).subtract(exact).abs())
                        .isLessThan(BigDecimal.ONE);
            }
        }
    }

    @Property(tries = ORDERS)
    void taxIsTheRoundedExactProduct(@ForAll("drafts") OrderDetails details) {
        Price price = details.price();

        for (int i = 0; i < price.lines().size(); i++) {
            LineAmounts line = price.lines().get(i);
            Money taxed = line.subtotal().minus(line.discount());
            assertThat(big(line.tax()))
                    .isEqualTo(rounded(taxed, details.items().get(i).taxRate().text()));
        }
    }

    @Provide
    Arbitrary<OrderDetails> drafts() {
        Arbitrary<OrderItem> items = Combinators.combine(
                        Arbitraries.integers().between(1, 1_000),
                        Arbitraries.longs().between(0, 5_000_000),
                        Arbitraries.of("0", "1", "0.19", "0.07", "0.1075", "0.005", "0.333333"))
                .as(OrderPriceTest::item);
        Arbitrary<Discount> discounts = Arbitraries.oneOf(
                Arbitraries.longs().between(0, 3).map(amount -> new Discount(null, new Money(amount), null)),
                Arbitraries.of("0.000001", "1", "3.33", "12.5", "33.333333")
                        .map(percent -> new Discount("sale", null, new Percentage(percent))));
        Arbitrary<Shipping> shipping = Combinators.combine(
                        Arbitraries.longs().between(0, 10_000), Arbitraries.of("0", "0.19", "0.1075"))
                .as((amount, rate) -> new Shipping(new Money(amount), new TaxRate(rate)));
        return Combinators.combine(
                        items.list().ofMinSize(1).ofMaxSize(40),
                        discounts.list().ofMaxSize(2),
                        shipping.injectNull(0.3))
                .as(OrderPriceTest::details)
                .filter(details -> details.items().stream()
                                .anyMatch(item -> item.unitPrice().minorUnits() > 10)
                        || details.discounts().isEmpty());
    }

    private static OrderItem item(int quantity, long unitPrice, String taxRate) {
        return new OrderItem("A-1", null, quantity, new Money(unitPrice), new TaxRate(taxRate));
    }

    private static OrderDetails details(List<OrderItem> items, List<Discount> discounts, Shipping shipping) {
        return new OrderDetails(null, "USD", null, items, discounts, shipping, null, null, null, Map.of());
    }

    private static BigInteger sum(Price price, java.util.function.Function<LineAmounts, Money> amount) {
        return price.lines().stream().map(amount).map(OrderPriceTest::big).reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static BigInteger rounded(Money amount, String rate) {
        return new BigDecimal(big(amount))
                .multiply(new BigDecimal(rate))
                .setScale(0, RoundingMode.HALF_EVEN)
                .toBigIntegerExact();
    }

    private static BigInteger big(Money money) {
        return BigInteger.valueOf(money.minorUnits());
    }
}
