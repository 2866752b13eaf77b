package com.ecommerce.orders.postgres;

import com.ecommerce.orders.fulfillment.FulfillmentDetails;
import com.ecommerce.orders.fulfillment.FulfillmentLimit;
import com.ecommerce.orders.fulfillment.FulfillmentRule;
import com.ecommerce.orders.fulfillment.Fulfillments;
import com.ecommerce.orders.fulfillment.ItemsCancellation;
import com.ecommerce.orders.fulfillment.NewFulfillment;
import com.ecommerce.orders.json.FulfillmentWriter;
import com.ecommerce.orders.operation.EntryDocument;
import com.ecommerce.orders.operation.Ledger;
import com.ecommerce.orders.operation.LedgerProblem;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.order.LedgerWrite;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The ledgers of fulfillments and cancellations in PostgreSQL. Each method calls one SQL function of
 * {@code database/migrations}.
 */
public final class PostgresFulfillments implements Fulfillments {

    private final PostgresLedgerEntries entries;
    private final LedgerStatements fulfillments;
    private final LedgerStatements cancellations;

    public PostgresFulfillments(Database database) {
        this.entries = new PostgresLedgerEntries(database);
        this.fulfillments = new LedgerStatements(database, Ledger.FULFILLMENTS, PostgresFulfillments::readProblem);
        this.cancellations = new LedgerStatements(database, Ledger.CANCELLATIONS, PostgresFulfillments::readProblem);
    }

    @Override
    public OrderResponse create(NewFulfillment fulfillment, LedgerWrite write) {
        return fulfillments.writeEntry(write, "create", FulfillmentWriter.write(fulfillment));
    }

    @Override
    public Optional<EntryDocument> findWithOrderVersion(LedgerWrite write) {
        return entries.findWithOrderVersion(
                write.caller().tenant(), Ledger.FULFILLMENTS, write.order(), write.entryId());
    }

    @Override
    public OrderResponse update(FulfillmentDetails details, LedgerWrite write) {
        return fulfillments.writeEntry(write, "update", FulfillmentWriter.write(details));
    }

    @Override
    public OrderResponse deliver(LedgerWrite write) {
        return fulfillments.writeEntry(write, "deliver", null);
    }

    @Override
    public OrderResponse cancel(LedgerWrite write) {
        return fulfillments.writeEntry(write, "cancel", null);
    }

    @Override
    public OrderResponse cancelItems(ItemsCancellation cancellation, LedgerWrite write) {
        return cancellations.writeEntry(write, "create", FulfillmentWriter.write(cancellation));
    }

    private static Problem readProblem(String outcome, ResultSet row) throws SQLException {
        return switch (outcome) {
            case "MISMATCH" ->
                new LedgerProblem.FulfillmentMismatch(LedgerStatements.orderId(row), LedgerStatements.entryId(row));
            case "ORDER_STATUS" -> FulfillmentRule.ORDER_IS_CONFIRMED.broken(row.getString("r_detail"));
            case "ENTRY_STATUS" -> FulfillmentRule.IS_SHIPPED.broken(row.getString("r_detail"));
            case "UNITS_RETURNED" -> FulfillmentRule.IS_NOT_RETURNED.broken();
            case "LIMIT_EXCEEDED" ->
                new LedgerProblem.LimitExceeded(
                        FulfillmentLimit.valueOf(row.getString("r_detail")).text());
            default -> QuantityProblems.read(outcome, row);
        };
    }
}
