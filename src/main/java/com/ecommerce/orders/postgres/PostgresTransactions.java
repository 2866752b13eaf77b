package com.ecommerce.orders.postgres;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.json.TransactionWriter;
import com.ecommerce.orders.operation.Ledger;
import com.ecommerce.orders.operation.LedgerProblem;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.order.LedgerWrite;
import com.ecommerce.orders.payment.NewTransaction;
import com.ecommerce.orders.payment.Settlement;
import com.ecommerce.orders.payment.TransactionLimit;
import com.ecommerce.orders.payment.TransactionReference;
import com.ecommerce.orders.payment.Transactions;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The ledger of transactions in PostgreSQL. Each method calls one SQL function of {@code database/migrations}. */
public final class PostgresTransactions implements Transactions {

    private static final String RECORD = LedgerStatements.call("record_transaction_1", "?::json, ");
    private static final String SETTLE = LedgerStatements.call("settle_transaction_1", "?, ?, ?, ");
    private static final String FIND = "SELECT r_entry FROM find_transactions_1(?, ?, ?)";

    private final Database database;
    private final LedgerStatements statements;

    public PostgresTransactions(Database database) {
        this.database = database;
        this.statements = new LedgerStatements(database, Ledger.TRANSACTIONS, PostgresTransactions::readProblem);
    }

    @Override
    public OrderResponse record(NewTransaction transaction, LedgerWrite write) {
        return statements.write(write, RECORD, TransactionWriter.write(transaction));
    }

    @Override
    public OrderResponse settle(Settlement settlement, LedgerWrite write) {
        return statements.write(
                write, SETTLE, settlement.state().name(), settlement.reference(), settlement.failureReason());
    }

    @Override
    public List<byte[]> findByReference(TenantId tenant, TransactionReference reference) {
        return database.read(
                tenant,
                FIND,
                rows -> {
                    List<byte[]> entries = new ArrayList<>();
                    while (rows.next()) {
                        entries.add(rows.getString("r_entry").getBytes(StandardCharsets.UTF_8));
                    }
                    return entries;
                },
                tenant.value(),
                reference.provider(),
                reference.reference());
    }

    private static Problem readProblem(String outcome, ResultSet row) throws SQLException {
        return switch (outcome) {
            case "CURRENCY_MISMATCH" -> new LedgerProblem.CurrencyMismatch(row.getString("r_detail"));
            case "MISMATCH" ->
                new LedgerProblem.TransactionMismatch(LedgerStatements.orderId(row), LedgerStatements.entryId(row));
            case "INVALID_TRANSITION" -> invalidSettlement(row);
            case "LIMIT_EXCEEDED" ->
                new LedgerProblem.LimitExceeded(
                        TransactionLimit.valueOf(row.getString("r_detail")).text());
            case "AMOUNT_EXCEEDED" -> new LedgerProblem.AmountExceeded(row.getLong("r_available"));
            default -> throw new IllegalStateException("The database returned the unknown outcome " + outcome);
        };
    }

    private static Problem invalidSettlement(ResultSet row) throws SQLException {
        String reason = row.getString("r_detail");
        return new LedgerProblem.InvalidLedgerWrite(
                switch (reason) {
                    case "NO_REFERENCE" ->
                        "A transaction without a reference can't become SUCCEEDED. Send the provider's `reference`.";
                    case "OTHER_REFERENCE" ->
                        "Another transaction has this reference: " + LedgerStatements.entryId(row)
                                + ". Settle that transaction.";
                    default ->
                        "A transaction that is " + reason
                                + " can't get this state. A PENDING transaction can be settled,"
                                + " and a SUCCEEDED capture, sale or refund can become FAILED.";
                });
    }
}
