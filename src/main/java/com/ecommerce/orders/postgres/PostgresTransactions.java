package com.ecommerce.orders.postgres;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.json.TransactionWriter;
import com.ecommerce.orders.operation.ETagCondition;
import com.ecommerce.orders.operation.EntryDocument;
import com.ecommerce.orders.operation.IdempotencyKey;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.operation.Slice;
import com.ecommerce.orders.operation.View;
import com.ecommerce.orders.order.LedgerWrite;
import com.ecommerce.orders.payment.NewTransaction;
import com.ecommerce.orders.payment.Settlement;
import com.ecommerce.orders.payment.TransactionLimit;
import com.ecommerce.orders.payment.TransactionReference;
import com.ecommerce.orders.payment.Transactions;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The ledger of transactions in PostgreSQL. Each method calls one SQL function of {@code database/migrations}. */
public final class PostgresTransactions implements Transactions {

    private static final String OUTCOME =
            "SELECT r_outcome, r_status, r_order_id, r_entry_id, r_version, r_available, r_detail, r_answer FROM ";
    private static final String RECORD = OUTCOME + "record_transaction_1(?, ?, ?, ?::json, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String SETTLE = OUTCOME + "settle_transaction_1(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String GET = "SELECT r_entry FROM get_transaction_1(?, ?, ?)";
    private static final String LIST = "SELECT r_seq, r_entry, r_more FROM list_transactions_1(?, ?, ?, ?, ?)";
    private static final String FIND = "SELECT r_entry FROM find_transactions_1(?, ?, ?)";

    private final Database database;

    public PostgresTransactions(Database database) {
        this.database = database;
    }

    @Override
    public OrderResponse record(NewTransaction transaction, LedgerWrite write) {
        IdempotencyKey key = write.key();
        return write(
                write,
                RECORD,
                write.caller().tenant().value(),
                write.order().value(),
                write.entryId(),
                new String(TransactionWriter.write(transaction), StandardCharsets.UTF_8),
                versions(write.ifMatch()),
                write.id(),
                write.at().atOffset(ZoneOffset.UTC),
                write.caller().userId(),
                write.caller().email(),
                key == null ? null : key.value(),
                key == null ? null : key.fingerprint(),
                write.dryRun());
    }

    @Override
    public OrderResponse settle(Settlement settlement, LedgerWrite write) {
        IdempotencyKey key = write.key();
        return write(
                write,
                SETTLE,
                write.caller().tenant().value(),
                write.order().value(),
                write.entryId(),
                settlement.state().name(),
                settlement.reference(),
                settlement.failureReason(),
                versions(write.ifMatch()),
                write.id(),
                write.at().atOffset(ZoneOffset.UTC),
                write.caller().userId(),
                write.caller().email(),
                key == null ? null : key.value(),
                key == null ? null : key.fingerprint(),
                write.dryRun());
    }

    @Override
    public Optional<EntryDocument> find(TenantId tenant, OrderId order, UUID transaction) {
        return database.read(
                tenant,
                GET,
                rows -> {
                    rows.next();
                    String entry = rows.getString("r_entry");
                    return entry == null
                            ? Optional.empty()
                            : Optional.of(new EntryDocument(order, COLLECTION, transaction, null, utf8(entry)));
                },
                tenant.value(),
                order.value(),
                transaction);
    }

    @Override
    public Optional<Slice<Entry>> list(TenantId tenant, OrderId order, int afterSeq, int limit, int maxBytes) {
        return database.read(
                tenant,
                LIST,
                PostgresTransactions::readEntries,
                tenant.value(),
                order.value(),
                afterSeq,
                limit,
                maxBytes);
    }

    @Override
    public List<byte[]> findByReference(TenantId tenant, TransactionReference reference) {
        return database.read(
                tenant,
                FIND,
                rows -> {
                    List<byte[]> entries = new ArrayList<>();
                    while (rows.next()) {
                        entries.add(utf8(rows.getString("r_entry")));
                    }
                    return entries;
                },
                tenant.value(),
                reference.provider(),
                reference.reference());
    }

    /** Reads the entries, and the last row, which has no entry. */
    private static Optional<Slice<Entry>> readEntries(ResultSet rows) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        boolean found = false;
        boolean more = false;
        while (rows.next()) {
            found = true;
            more = rows.getBoolean("r_more");
            String entry = rows.getString("r_entry");
            if (entry != null) {
                entries.add(new Entry(rows.getInt("r_seq"), utf8(entry)));
            }
        }
        return found ? Optional.of(new Slice<>(entries, more)) : Optional.empty();
    }

    private OrderResponse write(LedgerWrite write, String sql, @Nullable Object... arguments) {
        try {
            return database.write(write.caller().tenant(), sql, rows -> readOutcome(rows, write), arguments);
        } catch (Database.LostRaceException lost) {
            return new Problem.Conflict();
        } catch (Database.StatementException failed) {
            return failed.lockTimeoutProblem();
        }
    }

    private static OrderResponse readOutcome(ResultSet row, LedgerWrite write) throws SQLException {
        row.next();
        String outcome = row.getString("r_outcome");
        return switch (outcome) {
            case "STORED" -> readView(row, write.dryRun() ? View.Delivery.DRY_RUN : View.Delivery.CURRENT);
            case "REPLAYED" -> readView(row, View.Delivery.REPLAYED);
            default -> readProblem(outcome, row, write);
        };
    }

    private static View readView(ResultSet row, View.Delivery delivery) throws SQLException {
        EntryDocument document = new EntryDocument(
                orderId(row),
                COLLECTION,
                row.getObject("r_entry_id", UUID.class),
                row.getInt("r_version"),
                utf8(row.getString("r_answer")));
        boolean created = row.getInt("r_status") == 201;
        return new View(document, created ? View.Result.CREATED : View.Result.OK, delivery);
    }

    private static Problem readProblem(String outcome, ResultSet row, LedgerWrite write) throws SQLException {
        return switch (outcome) {
            case "KEY_REUSED" -> new Problem.IdempotencyKeyReused();
            case "NOT_FOUND" -> new Problem.OrderNotFound(write.order());
            case "ENTRY_NOT_FOUND" -> new Problem.TransactionNotFound(row.getObject("r_entry_id", UUID.class));
            case "STALE" -> new Problem.StaleVersion(row.getInt("r_version"));
            case "CURRENCY_MISMATCH" -> new Problem.CurrencyMismatch(row.getString("r_detail"));
            case "MISMATCH" -> new Problem.TransactionMismatch(orderId(row), row.getObject("r_entry_id", UUID.class));
            case "INVALID_TRANSITION" -> invalidSettlement(row.getString("r_detail"));
            case "LIMIT_EXCEEDED" ->
                new Problem.LimitExceeded(
                        TransactionLimit.valueOf(row.getString("r_detail")).text());
            case "AMOUNT_EXCEEDED" -> new Problem.AmountExceeded(row.getLong("r_available"));
            default -> throw new IllegalStateException("The database returned the unknown outcome " + outcome);
        };
    }

    /** @param state the entry's state, or {@code NO_REFERENCE} for a success that lacks a reference */
    private static Problem invalidSettlement(String state) {
        return new Problem.InvalidSettlement(
                state.equals("NO_REFERENCE")
                        ? "A transaction without a reference can't become SUCCEEDED. Send the provider's `reference`."
                        : "A transaction that is " + state
                                + " can't get this state. A PENDING transaction can be settled,"
                                + " and a SUCCEEDED capture, sale or refund can become FAILED.");
    }

    private static OrderId orderId(ResultSet row) throws SQLException {
        return new OrderId(row.getObject("r_order_id", UUID.class));
    }

    /** Returns the versions that {@code If-Match} names; {@code null} if every version will do. */
    private static Integer @Nullable [] versions(@Nullable ETagCondition ifMatch) {
        return ifMatch == null || ifMatch.any() ? null : ifMatch.versions().toArray(Integer[]::new);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
