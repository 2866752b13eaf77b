package com.ecommerce.orders.returns;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.operation.EntryDocument;
import com.ecommerce.orders.operation.Ledger;
import com.ecommerce.orders.operation.LedgerProblem;
import com.ecommerce.orders.operation.OperationInput;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.order.FakeLedger;
import com.ecommerce.orders.order.LedgerRequests;
import com.ecommerce.orders.order.LedgerWrites;
import com.ecommerce.orders.order.OneOrder;
import com.ecommerce.orders.pricing.Money;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReturnFunctionsTest {

    private static final NewReturn RETURN = new NewReturn(List.of(new NewReturnItem(1, 2, "too small")), "late");
    private static final NewReceipt RECEIPT =
            new NewReceipt(List.of(new NewReceiptItem(1, 2, Disposition.RESTOCK, new Money(5))));

    private final FakeLedger ledger = new FakeLedger(Ledger.RETURNS, null);
    private final Returns returns = new FakeReturns(ledger);
    private final LedgerWrites writes = OneOrder.ledgerWrites();

    @Test
    void createsAReturn() {
        EntryDocument entry = create();

        assertThat(entry.id()).isEqualTo(ledger.lastWrite().entryId());
        assertThat(entry.order()).isEqualTo(OneOrder.ID);
        assertThat(entry.text())
                .isEqualTo(
                        "{\"items\":[{\"lineNumber\":1,\"quantity\":2,\"reason\":\"too small\"}],\"note\":\"late\"}");
    }

    @Test
    void receivesGoodsOfTheReturnOfThePath() {
        assertThat(change(new ReceiveReturn(returns, writes), RECEIPT))
                .isEqualTo("{\"items\":[{\"lineNumber\":1,\"quantity\":2,\"disposition\":\"RESTOCK\",\"fee\":5}]}");
    }

    @Test
    void closesTheReturnOfThePath() {
        assertThat(change(new CloseReturn(returns, writes), null)).isEqualTo("{\"status\":\"CLOSED\"}");
    }

    @Test
    void cancelsTheReturnOfThePath() {
        assertThat(change(new CancelReturn(returns, writes), null)).isEqualTo("{\"status\":\"CANCELLED\"}");
    }

    private String change(Function<OrderRequest, OrderResponse> function, @Nullable OperationInput input) {
        EntryDocument created = create();
        EntryDocument changed = LedgerRequests.entry(function.apply(LedgerRequests.of(created.id(), input)));
        assertThat(changed.id()).isEqualTo(created.id());
        return changed.text();
    }

    @Test
    void returnsTheProblemOfTheStorage() {
        Problem refusal = new LedgerProblem.FeeExceeded(1, 5);
        Returns strict = new FakeReturns(new FakeLedger(Ledger.RETURNS, refusal));

        assertThat(new CreateReturn(strict, writes).apply(LedgerRequests.create(RETURN)))
                .isEqualTo(refusal);
    }

    @Test
    void namesTheStatusAndTheRuleThatIsBroken() {
        assertThat(ReturnRule.IS_REQUESTED.broken("RECEIVED").detail())
                .isEqualTo("The return is RECEIVED. Only a return that is REQUESTED can be canceled."
                        + " A return that is PARTIALLY_RECEIVED or RECEIVED can be closed.");
        for (ReturnRule rule : ReturnRule.values()) {
            assertThat(rule.broken("COMPLETED").detail())
                    .contains(" is COMPLETED. ")
                    .doesNotContain("%");
        }
    }

    private EntryDocument create() {
        return LedgerRequests.entry(new CreateReturn(returns, writes).apply(LedgerRequests.create(RETURN)));
    }
}
