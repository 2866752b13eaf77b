package com.ecommerce.orders.pricing;

import java.util.List;

/** The lines can't be priced, because amounts are out of range. The exception lists all amounts that were found. */
public final class PricingException extends RuntimeException {

    private final transient List<Fault> faults;

    PricingException(List<Fault> faults) {
        super(faults.toString(), null, false, false);
        this.faults = List.copyOf(faults);
    }

    static PricingException of(Part part, String detail) {
        return new PricingException(List.of(new Fault(part, 0, detail)));
    }

    /** Returns the amounts that are out of range; at least one. */
    public List<Fault> faults() {
        return faults;
    }

    /** The parts of a price, in the order in which they are computed. */
    public enum Part {
        /** The subtotal of one line. */
        LINE,
        /** The sum of all lines. */
        SUBTOTAL,
        /** The sum of all discounts. */
        DISCOUNTS,
        /** The grand total. */
        TOTAL
    }

    /**
     * An amount that is out of range.
     *
     * @param line the index of the line, from 0; only used for {@link Part#LINE}
     * @param detail what is wrong and what to do
     */
    public record Fault(Part part, int line, String detail) {}
}
