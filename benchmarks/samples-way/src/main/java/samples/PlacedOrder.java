package samples;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An order as clients send it, and as it is stored and returned. Jackson binds it. */
public record PlacedOrder(
        String id,
        String status,
        Integer version,
        String currency,
        Map<String, String> customer,
        List<Item> items,
        Shipping shipping,
        Map<String, String> shippingAddress,
        String note,
        Totals totals,
        String createdBy,
        String createdByEmail,
        Instant createdAt,
        Instant updatedAt) {

    /** A line of the order. */
    public record Item(
            Integer lineNumber,
            String sku,
            String name,
            long quantity,
            long unitPrice,
            BigDecimal taxRate,
            Long subtotal,
            Long discount,
            Long tax,
            Long total) {

        Item priced(int line) {
            long amount = quantity * unitPrice;
            long itemTax = taxRate.multiply(BigDecimal.valueOf(amount))
                    .setScale(0, RoundingMode.HALF_EVEN)
                    .longValueExact();
            return new Item(line, sku, name, quantity, unitPrice, taxRate, amount, 0L, itemTax, amount + itemTax);
        }
    }

    /** Returns the price of the delivery. */
    public record Shipping(long amount, String taxRate) {}

    /** Returns the total. */
    public record Totals(long subtotal, long discount, long shipping, long tax, long grandTotal) {}

    PlacedOrder place(String newId) {
        List<Item> priced = new ArrayList<>();
        for (Item item : items) {
            priced.add(item.priced(priced.size() + 1));
        }
        long subtotal = priced.stream().mapToLong(Item::subtotal).sum();
        long tax = priced.stream().mapToLong(Item::tax).sum();
        long delivery = shipping.amount();
        Instant now = Instant.now();
        return new PlacedOrder(
                newId,
                "PLACED",
                1,
                currency,
                customer,
                priced,
                new Shipping(delivery, "0"),
                shippingAddress,
                note,
                new Totals(subtotal, 0, delivery, tax, subtotal + delivery + tax),
                "alice",
                "alice@example.org",
                now,
                now);
    }
}
