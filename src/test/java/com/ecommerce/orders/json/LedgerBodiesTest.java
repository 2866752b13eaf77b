package com.ecommerce.orders.json;

import static com.ecommerce.orders.json.SampleBodies.assertViolation;
import static com.ecommerce.orders.json.SampleBodies.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.ecommerce.orders.fulfillment.FulfillmentDetails;
import com.ecommerce.orders.fulfillment.FulfillmentPatch;
import com.ecommerce.orders.fulfillment.ItemsCancellation;
import com.ecommerce.orders.fulfillment.NewFulfillment;
import com.ecommerce.orders.operation.Operation;
import com.ecommerce.orders.operation.Violation.Code;
import com.ecommerce.orders.returns.NewReceipt;
import com.ecommerce.orders.returns.NewReturn;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The body of each operation on fulfillments, cancellations and returns has its own reader. */
class LedgerBodiesTest {

    private static final String ITEMS = "'items':[{'lineNumber':1,'quantity':1}]";

    @Test
    void readsTheBodyOfTheOperation() {
        assertThat(OrderReader.read(Operation.CREATE_FULFILLMENT, json("{" + ITEMS + "}")))
                .isInstanceOf(NewFulfillment.class);
        assertThat(OrderReader.read(Operation.UPDATE_FULFILLMENT, json("{}"))).isInstanceOf(FulfillmentPatch.class);
        assertThat(OrderReader.read(Operation.CANCEL_ITEMS, json("{" + ITEMS + ",'reason':'OTHER'}")))
                .isInstanceOf(ItemsCancellation.class);
        assertThat(OrderReader.read(Operation.CREATE_RETURN, json("{" + ITEMS + "}")))
                .isInstanceOf(NewReturn.class);
        assertThat(OrderReader.read(
                        Operation.RECEIVE_RETURN, json("{" + ITEMS.replace("}]", ",'disposition':'RESTOCK'}]") + "}")))
                .isInstanceOf(NewReceipt.class);
    }

    @Test
    void aNewFulfillmentNeedsNoBody() {
        assertThat(OrderReader.read(Operation.CREATE_FULFILLMENT, null))
                .isEqualTo(new NewFulfillment(List.of(), null, FulfillmentDetails.NONE, null));
    }

    @ParameterizedTest
    @EnumSource(names = {"UPDATE_FULFILLMENT", "CANCEL_ITEMS", "CREATE_RETURN", "RECEIVE_RETURN"})
    void needsABody(Operation operation) {
        assertViolation(() -> OrderReader.read(operation, null), "", Code.REQUIRED);
    }

    @ParameterizedTest
    @EnumSource(names = {"DELIVER_FULFILLMENT", "CANCEL_FULFILLMENT", "CLOSE_RETURN", "CANCEL_RETURN"})
    void takesNoInput(Operation operation) {
        assertThat(OrderReader.read(operation, null)).isNull();
        assertThat(OrderReader.read(operation, json("{}"))).isNull();
        assertViolation(() -> OrderReader.read(operation, json("{'note':'x'}")), "/note", Code.UNKNOWN_FIELD);
    }
}
