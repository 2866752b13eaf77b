package com.ecommerce.orders.payment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.operation.EntryDocument;
import com.ecommerce.orders.operation.Ledger;
import com.ecommerce.orders.operation.LedgerProblem;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.Page;
import com.ecommerce.orders.order.FakeLedger;
import com.ecommerce.orders.order.LedgerRequests;
import com.ecommerce.orders.order.LedgerWrites;
import com.ecommerce.orders.order.OneOrder;
import com.ecommerce.orders.pricing.Money;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TransactionFunctionsTest {

    private static final TransactionReference REFERENCE = new TransactionReference("stripe", "ch_1");
    private static final Settlement FAILED = new Settlement(TransactionState.FAILED, null, "declined");

    private final FakeLedger ledger = new FakeLedger(Ledger.TRANSACTIONS, null);
    private final FakeTransactions transactions = new FakeTransactions(ledger);
    private final LedgerWrites writes = OneOrder.ledgerWrites();

    @Test
    void recordsATransaction() {
        EntryDocument entry = record();

        assertThat(entry.id()).isEqualTo(ledger.lastWrite().entryId());
        assertThat(entry.order()).isEqualTo(OneOrder.ID);
        assertThat(entry.text()).contains("\"reference\":\"ch_1\"");
    }

    @Test
    void settlesTheTransactionOfThePath() {
        UUID id = record().id();

        OrderResponse response = new SettleTransaction(transactions, writes).apply(LedgerRequests.of(id, FAILED));

        assertThat(ledger.lastWrite().entryId()).isEqualTo(id);
        assertThat(LedgerRequests.entry(response).text()).isEqualTo("{\"state\":\"FAILED\"}");
    }

    @Test
    void returnsTheProblemOfTheStorage() {
        FakeTransactions full =
                new FakeTransactions(new FakeLedger(Ledger.TRANSACTIONS, new LedgerProblem.AmountExceeded(5)));

        assertThat(new RecordTransaction(full, writes).apply(LedgerRequests.create(sale())))
                .isEqualTo(new LedgerProblem.AmountExceeded(5));
    }

    @Test
    void findsTransactionsByReference() {
        record();

        Page found = (Page) new FindTransactions(transactions).apply(LedgerRequests.all(REFERENCE));

        assertThat(found.documents()).singleElement().satisfies(json -> assertThat(new String(json, UTF_8))
                .contains("ch_1"));
        assertThat(found.next()).isNull();
    }

    private EntryDocument record() {
        return LedgerRequests.entry(new RecordTransaction(transactions, writes).apply(LedgerRequests.create(sale())));
    }

    private static NewTransaction sale() {
        return new NewTransaction(
                null,
                TransactionKind.SALE,
                TransactionState.SUCCEEDED,
                new Money(3412),
                "USD",
                REFERENCE.provider(),
                REFERENCE.reference(),
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                false,
                Map.of(),
                null);
    }
}
