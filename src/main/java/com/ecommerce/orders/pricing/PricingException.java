package com.ecommerce.orders.pricing;

import java.util.List;

/** The lines can't be priced, because an amount would be out of range. Lists every such amount that was found. */
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

    /** The amounts that are computed one after the other. */
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
     * @param line the index of the line, from 0; meaningful for {@link Part#LINE} only
     * @param detail says what is wrong and what to do
     */
    public record Fault(Part part, int line, String detail) {}
}
