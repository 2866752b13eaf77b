package com.ecommerce.orders.payment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.identity.Caller;
import com.ecommerce.orders.identity.Permission;
import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.EntryDocument;
import com.ecommerce.orders.operation.LedgerPosition;
import com.ecommerce.orders.operation.OperationInput;
import com.ecommerce.orders.operation.OrderFilter;
import com.ecommerce.orders.operation.OrderQuery;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.OrderSort;
import com.ecommerce.orders.operation.Page;
import com.ecommerce.orders.operation.Precondition;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.operation.View;
import com.ecommerce.orders.order.LedgerWrites;
import com.ecommerce.orders.order.OneOrder;
import com.ecommerce.orders.pricing.Money;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TransactionFunctionsTest {

    private static final TransactionReference REFERENCE = new TransactionReference("stripe", "ch_1");
    private static final Settlement FAILED = new Settlement(TransactionState.FAILED, null, "declined");

    private final FakeTransactions transactions = new FakeTransactions();
    private final LedgerWrites writes = OneOrder.ledgerWrites();

    @Test
    void recordsATransaction() {
        EntryDocument entry = record();

        assertThat(entry.id()).isEqualTo(transactions.lastWrite().entryId());
        assertThat(entry.order()).isEqualTo(OneOrder.ID);
        assertThat(entry.text()).contains("\"reference\":\"ch_1\"");
    }

    @Test
    void settlesTheTransactionOfThePath() {
        UUID id = record().id();

        OrderResponse response = new SettleTransaction(transactions, writes).apply(request(id, FAILED));

        assertThat(transactions.lastWrite().entryId()).isEqualTo(id);
        assertThat(entry(response).text()).isEqualTo("{\"state\":\"FAILED\"}");
    }

    @Test
    void returnsTheProblemOfTheStorage() {
        FakeTransactions full = new FakeTransactions(new Problem.AmountExceeded(5));

        assertThat(new RecordTransaction(full, writes).apply(request(null, sale())))
                .isEqualTo(new Problem.AmountExceeded(5));
    }

    @Test
    void readsOneTransaction() {
        UUID id = record().id();
        GetTransaction get = new GetTransaction(transactions);

        assertThat(entry(get.apply(request(id, null))).id()).isEqualTo(id);
        UUID other = new UUID(0, 1);
        assertThat(get.apply(request(other, null))).isEqualTo(new Problem.TransactionNotFound(other));
    }

    @Test
    void listsTransactionsInPages() {
        record();
        record();
        record();
        ListTransactions list = new ListTransactions(transactions);

        Page first = (Page) list.apply(request(2, 0));
        assertThat(first.documents()).hasSize(2);
        assertThat(first.next()).isEqualTo(new LedgerPosition(OneOrder.ID, "transactions", 3));

        Page last = (Page) list.apply(request(2, 3));
        assertThat(last.documents()).hasSize(1);
        assertThat(last.next()).isNull();
    }

    @Test
    void listsNothingOfAnUnknownOrder() {
        assertThat(new ListTransactions(transactions).apply(request(2, 0)))
                .isEqualTo(new Problem.OrderNotFound(OneOrder.ID));
    }

    @Test
    void findsTransactionsByReference() {
        record();

        Page found = (Page) new FindTransactions(transactions).apply(request(null, REFERENCE));

        assertThat(found.documents()).singleElement().satisfies(json -> assertThat(new String(json, UTF_8))
                .contains("ch_1"));
        assertThat(found.next()).isNull();
    }

    private EntryDocument record() {
        return entry(new RecordTransaction(transactions, writes).apply(request(null, sale())));
    }

    private static EntryDocument entry(OrderResponse response) {
        return (EntryDocument) ((View) response).document();
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

    private static OrderRequest request(@Nullable UUID entry, @Nullable OperationInput input) {
        return request(entry, input, OrderQuery.FIRST_PAGE);
    }

    private static OrderRequest request(int limit, int afterSeq) {
        return request(null, null, new OrderQuery(limit, OrderFilter.ALL, OrderSort.OLDEST_FIRST, null, afterSeq));
    }

    private static OrderRequest request(@Nullable UUID entry, @Nullable OperationInput input, OrderQuery query) {
        Caller caller = new Caller(new TenantId("acme"), "alice", null, Set.of(Permission.values()));
        return new OrderRequest(caller, OneOrder.ID, entry, input, query, Precondition.NONE, null, false);
    }
}
