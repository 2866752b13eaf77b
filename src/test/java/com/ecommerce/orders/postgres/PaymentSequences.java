package com.ecommerce.orders.postgres;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The comparison of {@link PaymentModelTest} with 10,000 sequences. {@code scripts/check.sh --full} runs it. */
class PaymentSequences extends PaymentModelTest {

    @Property(tries = 10_000)
    void theLedgerAgreesWithTheModelInManySequences(@ForAll("steps") List<Step> steps) {
        theLedgerAgreesWithTheModel(steps);
    }
}
