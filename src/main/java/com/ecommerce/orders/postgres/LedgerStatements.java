package com.ecommerce.orders.postgres;

import com.ecommerce.orders.operation.ETagCondition;
import com.ecommerce.orders.operation.EntryDocument;
import com.ecommerce.orders.operation.IdempotencyKey;
import com.ecommerce.orders.operation.Ledger;
import com.ecommerce.orders.operation.LedgerProblem;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrderProblem;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.operation.RequestProblem;
import com.ecommerce.orders.operation.View;
import com.ecommerce.orders.order.LedgerWrite;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements that write to one ledger. All of them call SQL functions with the same parameters and the same result. */
final class LedgerStatements {

    private static final String CALL =
            "SELECT r_outcome, r_status, r_order_id, r_entry_id, r_version, r_available, r_detail, r_answer,"
                    + " r_lines FROM ";

    private static final String WRITE_ENTRY = call("write_entry_1", "?, ?, ?::json, ");

    private final Database database;
    private final Ledger ledger;
    private final ProblemReader problems;

    /** @param problems reads the outcomes that only this ledger has */
    LedgerStatements(Database database, Ledger ledger, ProblemReader problems) {
        this.database = database;
        this.ledger = ledger;
        this.problems = problems;
    }

    /**
     * Returns a statement that calls {@code function}. Its parameters are the tenant, the order and the entry, then
     * {@code extraParameters}, and then the other parts of a {@link LedgerWrite}.
     *
     * @param extraParameters the parameters of this function alone, such as {@code "?::json, "}; may be empty
     */
    static String call(String function, String extraParameters) {
        return CALL + function + "(?, ?, ?, " + extraParameters + "?, ?, ?, ?, ?, ?, ?, ?)";
    }

    /**
     * Runs a statement.
     *
     * @param sql comes from {@link #call}
     * @param extraArguments the arguments for the parameters of this function alone
     */
    OrderResponse write(LedgerWrite write, String sql, @Nullable Object... extraArguments) {
        try {
            return database.write(
                    write.caller().tenant(), sql, rows -> readOutcome(rows, write), arguments(write, extraArguments));
        } catch (Database.LostRaceException lost) {
            return new RequestProblem.Conflict();
        } catch (Database.StatementException failed) {
            return failed.lockTimeoutProblem();
        }
    }

    /**
     * Runs an action on an entry of a ledger of goods.
     *
     * @param action {@code create}, or the action on the entry that {@code write} names
     * @param body the body of the request as JSON; {@code null} if the action takes none
     */
    OrderResponse writeEntry(LedgerWrite write, String action, @Nullable String body) {
        return write(write, WRITE_ENTRY, ledger.path(), action, body);
    }

    private static @Nullable Object[] arguments(LedgerWrite write, @Nullable Object... extraArguments) {
        IdempotencyKey key = write.key();
        List<@Nullable Object> all = new ArrayList<>();
        all.add(write.caller().tenant().value());
        all.add(write.order().value());
        all.add(write.entryId());
        for (Object argument : extraArguments) {
            all.add(argument);
        }
        all.add(versions(write.ifMatch()));
        all.add(write.id());
        all.add(write.at().atOffset(ZoneOffset.UTC));
        all.add(write.caller().userId());
        all.add(write.caller().email());
        all.add(key == null ? null : key.value());
        all.add(key == null ? null : key.fingerprint());
        all.add(write.dryRun());
        return all.toArray();
    }

    /** Returns the versions that {@code If-Match} names; {@code null} if all versions are allowed. */
    private static Integer @Nullable [] versions(@Nullable ETagCondition ifMatch) {
        return ifMatch == null || ifMatch.any() ? null : ifMatch.versions().toArray(Integer[]::new);
    }

    private OrderResponse readOutcome(ResultSet row, LedgerWrite write) throws SQLException {
        row.next();
        String outcome = row.getString("r_outcome");
        return switch (outcome) {
            case "STORED" -> readView(row, write.dryRun() ? View.Delivery.DRY_RUN : View.Delivery.CURRENT);
            case "REPLAYED" -> readView(row, View.Delivery.REPLAYED);
            case "KEY_REUSED" -> new RequestProblem.IdempotencyKeyReused();
            case "NOT_FOUND" -> new OrderProblem.OrderNotFound(write.order());
            case "ENTRY_NOT_FOUND" -> new LedgerProblem.EntryNotFound(ledger, entryId(row));
            case "STALE" -> new OrderProblem.StaleVersion(row.getInt("r_version"));
            default -> problems.read(outcome, row);
        };
    }

    private View readView(ResultSet row, View.Delivery delivery) throws SQLException {
        EntryDocument document = new EntryDocument(
                orderId(row),
                ledger,
                entryId(row),
                row.getInt("r_version"),
                row.getString("r_answer").getBytes(StandardCharsets.UTF_8));
        boolean created = row.getInt("r_status") == 201;
        return new View(document, created ? View.Result.CREATED : View.Result.OK, delivery);
    }

    static OrderId orderId(ResultSet row) throws SQLException {
        return new OrderId(row.getObject("r_order_id", UUID.class));
    }

    static UUID entryId(ResultSet row) throws SQLException {
        return row.getObject("r_entry_id", UUID.class);
    }

    /** A reader of the outcomes that only one ledger has. */
    @FunctionalInterface
    interface ProblemReader {

        /** Returns the problem that {@code row} describes. */
        Problem read(String outcome, ResultSet row) throws SQLException;
    }
}
