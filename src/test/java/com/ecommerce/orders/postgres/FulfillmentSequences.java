package com.ecommerce.orders.postgres;

import com.ecommerce.orders.pricing.LineAmounts;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The comparison of {@link FulfillmentModelTest} with 10,000 sequences. {@code scripts/check.sh --full} runs it. */
class FulfillmentSequences extends FulfillmentModelTest {

    @Property(tries = 10_000)
    void theLedgersAgreeWithTheModelInManySequences(
            @ForAll("lines") List<LineAmounts> lines, @ForAll("steps") List<Step> steps) {
        theLedgersAgreeWithTheModel(lines, steps);
    }
}
