package com.ecommerce.orders.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.operation.EntryDocument;
import com.ecommerce.orders.operation.Ledger;
import com.ecommerce.orders.operation.LedgerProblem;
import com.ecommerce.orders.operation.OrderRequest;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.order.FakeLedger;
import com.ecommerce.orders.order.LedgerRequests;
import com.ecommerce.orders.order.LedgerWrites;
import com.ecommerce.orders.order.OneOrder;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class FulfillmentFunctionsTest {

    private static final List<LineQuantity> TWO_UNITS = List.of(new LineQuantity(1, 2));

    private final FakeLedger ledger = new FakeLedger(Ledger.FULFILLMENTS, null);
    private final Fulfillments fulfillments = new FakeFulfillments(ledger);
    private final LedgerWrites writes = OneOrder.ledgerWrites();

    @Test
    void createsAFulfillment() {
        EntryDocument entry = create();

        assertThat(entry.id()).isEqualTo(ledger.lastWrite().entryId());
        assertThat(entry.order()).isEqualTo(OneOrder.ID);
        assertThat(entry.text())
                .isEqualTo(
                        "{\"items\":[{\"lineNumber\":1,\"quantity\":2}],\"reference\":\"wh-1\",\"carrier\":\"DHL\"}");
    }

    @Test
    void deliversTheFulfillmentOfThePath() {
        assertThat(change(new DeliverFulfillment(fulfillments, writes))).isEqualTo("{\"status\":\"DELIVERED\"}");
    }

    @Test
    void cancelsTheFulfillmentOfThePath() {
        assertThat(change(new CancelFulfillment(fulfillments, writes))).isEqualTo("{\"status\":\"CANCELLED\"}");
    }

    private String change(Function<OrderRequest, OrderResponse> function) {
        EntryDocument created = create();
        EntryDocument changed = LedgerRequests.entry(function.apply(LedgerRequests.of(created.id(), null)));
        assertThat(changed.id()).isEqualTo(created.id());
        return changed.text();
    }

    @Test
    void cancelsItems() {
        ItemsCancellation cancellation = new ItemsCancellation(TWO_UNITS, CancellationReason.INVENTORY, "sold out");

        OrderResponse response = new CancelItems(fulfillments, writes).apply(LedgerRequests.create(cancellation));

        assertThat(LedgerRequests.entry(response).text())
                .isEqualTo("{\"items\":[{\"lineNumber\":1,\"quantity\":2}],\"reason\":\"INVENTORY\","
                        + "\"note\":\"sold out\"}");
    }

    @Test
    void returnsTheProblemOfTheStorage() {
        Problem refusal = new LedgerProblem.QuantityExceeded(List.of(new LedgerProblem.QuantityExceeded.Line(1, 2, 1)));
        Fulfillments full = new FakeFulfillments(new FakeLedger(Ledger.FULFILLMENTS, refusal));

        assertThat(new CreateFulfillment(full, writes).apply(LedgerRequests.create(fulfillment())))
                .isEqualTo(refusal);
    }

    @Test
    void namesTheStatusAndTheRuleThatIsBroken() {
        assertThat(FulfillmentRule.ORDER_IS_CONFIRMED.broken("PLACED").detail())
                .isEqualTo("The order is PLACED. Goods of an order leave, and items are canceled, only while it is"
                        + " CONFIRMED.");
        assertThat(FulfillmentRule.IS_SHIPPED.broken("DELIVERED").detail())
                .isEqualTo(
                        "The fulfillment is DELIVERED. Only a fulfillment that is SHIPPED can be delivered or canceled.");
    }

    @Test
    void namesTheReturnsThatKeepUnitsFulfilled() {
        assertThat(FulfillmentRule.IS_NOT_RETURNED.broken().detail())
                .isEqualTo(
                        "Units of the fulfillment's lines are returned or on their way back, and no other fulfillment"
                                + " has them. Cancel or close the open returns. Units that were received must stay fulfilled.");
    }

    private EntryDocument create() {
        return LedgerRequests.entry(
                new CreateFulfillment(fulfillments, writes).apply(LedgerRequests.create(fulfillment())));
    }

    private static NewFulfillment fulfillment() {
        FulfillmentDetails details =
                new FulfillmentDetails("DHL", null, null, null, null, null, FulfillmentDetails.NONE.metadata());
        return new NewFulfillment(TWO_UNITS, "wh-1", details, null);
    }
}
