package com.ecommerce.orders.postgres;

import com.ecommerce.orders.json.ReturnWriter;
import com.ecommerce.orders.operation.Ledger;
import com.ecommerce.orders.operation.LedgerProblem;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.order.LedgerWrite;
import com.ecommerce.orders.returns.NewReceipt;
import com.ecommerce.orders.returns.NewReturn;
import com.ecommerce.orders.returns.ReturnLimit;
import com.ecommerce.orders.returns.ReturnRule;
import com.ecommerce.orders.returns.Returns;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The ledger of returns in PostgreSQL. Each method calls one SQL function of {@code database/migrations}. */
public final class PostgresReturns implements Returns {

    private final Database database;

    public PostgresReturns(Database database) {
        this.database = database;
    }

    @Override
    public OrderResponse create(NewReturn request, LedgerWrite write) {
        return statements(ReturnRule.ORDER_IS_CONFIRMED_OR_COMPLETED)
                .writeEntry(write, "create", ReturnWriter.write(request));
    }

    @Override
    public OrderResponse receive(NewReceipt receipt, LedgerWrite write) {
        return statements(ReturnRule.IS_OPEN).writeEntry(write, "receive", ReturnWriter.write(receipt));
    }

    @Override
    public OrderResponse close(LedgerWrite write) {
        return statements(ReturnRule.IS_NOT_ENDED).writeEntry(write, "close", null);
    }

    @Override
    public OrderResponse cancel(LedgerWrite write) {
        return statements(ReturnRule.IS_REQUESTED).writeEntry(write, "cancel", null);
    }

    /** @param rule the rule about a status that these statements obey */
    private LedgerStatements statements(ReturnRule rule) {
        return new LedgerStatements(database, Ledger.RETURNS, (outcome, row) -> readProblem(outcome, row, rule));
    }

    private static Problem readProblem(String outcome, ResultSet row, ReturnRule rule) throws SQLException {
        return switch (outcome) {
            case "ORDER_STATUS", "ENTRY_STATUS" -> rule.broken(row.getString("r_detail"));
            case "AMOUNT_EXCEEDED" ->
                new LedgerProblem.FeeExceeded(Integer.parseInt(row.getString("r_detail")), row.getLong("r_available"));
            case "LIMIT_EXCEEDED" ->
                new LedgerProblem.LimitExceeded(
                        ReturnLimit.valueOf(row.getString("r_detail")).text());
            default -> QuantityProblems.read(outcome, row);
        };
    }
}
