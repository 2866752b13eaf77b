package com.ecommerce.orders.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.operation.Ledger;
import com.ecommerce.orders.operation.LedgerPosition;
import com.ecommerce.orders.operation.LedgerProblem;
import com.ecommerce.orders.operation.OrderProblem;
import com.ecommerce.orders.operation.Page;
import com.ecommerce.orders.operation.View;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The functions that read the ledgers of an order. */
class LedgerEntriesTest {

    private final LedgerWrites writes = OneOrder.ledgerWrites();

    @ParameterizedTest
    @EnumSource
    void readsOneEntry(Ledger ledger) {
        FakeLedger entries = ledger(ledger, 1);
        UUID id = entries.lastWrite().entryId();
        GetEntry get = new GetEntry(entries, ledger);

        assertThat(LedgerRequests.entry(get.apply(LedgerRequests.of(id, null))).id())
                .isEqualTo(id);
        UUID other = new UUID(0, 1);
        assertThat(get.apply(LedgerRequests.of(other, null))).isEqualTo(new LedgerProblem.EntryNotFound(ledger, other));
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatIsMissing(Ledger ledger) {
        assertThat(new LedgerProblem.EntryNotFound(ledger, new UUID(0, 1)).detail())
                .isEqualTo("The order has no " + ledger.entry() + " 00000000-0000-0000-0000-000000000001."
                        + " Check the ids of the order and of the " + ledger.entry() + ".");
    }

    @ParameterizedTest
    @EnumSource
    void listsEntriesInPages(Ledger ledger) {
        ListEntries list = new ListEntries(ledger(ledger, 3), ledger);

        Page first = (Page) list.apply(LedgerRequests.page(2, 0));
        assertThat(first.documents()).hasSize(2);
        assertThat(first.next()).isEqualTo(new LedgerPosition(OneOrder.ID, ledger, 3));

        Page last = (Page) list.apply(LedgerRequests.page(2, 3));
        assertThat(last.documents()).hasSize(1);
        assertThat(last.next()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void listsNothingOfAnUnknownOrder(Ledger ledger) {
        assertThat(new ListEntries(ledger(ledger, 0), ledger).apply(LedgerRequests.page(2, 0)))
                .isEqualTo(new OrderProblem.OrderNotFound(OneOrder.ID));
    }

    private FakeLedger ledger(Ledger ledger, int entries) {
        FakeLedger fake = new FakeLedger(ledger, null);
        for (int i = 0; i < entries; i++) {
            writes.run(
                    LedgerRequests.all(null), write -> fake.store(write, new byte[] {'{', '}'}, View.Result.CREATED));
        }
        return fake;
    }
}
