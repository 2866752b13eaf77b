package com.ecommerce.orders.postgres;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.json.Json;
import com.ecommerce.orders.operation.IdempotencyKey;
import com.ecommerce.orders.operation.KeysetPosition;
import com.ecommerce.orders.operation.OrderDocument;
import com.ecommerce.orders.operation.OrderFilter;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrderProblem;
import com.ecommerce.orders.operation.OrderQuery;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.operation.RequestProblem;
import com.ecommerce.orders.operation.Slice;
import com.ecommerce.orders.order.Order;
import com.ecommerce.orders.order.OrderEvent;
import com.ecommerce.orders.order.OrderWrite;
import com.ecommerce.orders.order.Orders;
import com.ecommerce.orders.order.WriteOutcome;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Orders in PostgreSQL. Each method calls one SQL function of {@code database/migrations}. */
final class PostgresOrders implements Orders {

    private static final String OUTCOME = "SELECT r_outcome, r_order_id, r_version, r_answer FROM ";
    private static final String CREATE =
            OUTCOME + "create_order_1(?, ?, ?::json, ?, ?, ?, ?::json, ?::json, ?, ?, ?, ?)";
    private static final String REPLACE =
            OUTCOME + "replace_order_1(?, ?, ?, ?::json, ?, ?, ?, ?, ?, ?::json, ?::json, ?, ?, ?)";
    private static final String GET = "SELECT * FROM get_order_1(?, ?)";
    private static final String GET_FOR_CHANGE =
            "SELECT r_fingerprint, r_order_id, r_version, r_answer, (r_order).* FROM get_order_for_change_1(?, ?, ?)";
    private static final String LIST =
            "SELECT r_more, (r_order).* FROM list_orders_1(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String EVENTS = "SELECT * FROM list_order_events_1(?, ?, ?, ?, ?)";

    private final Database database;

    PostgresOrders(Database database) {
        this.database = database;
    }

    @Override
    public WriteOutcome place(Order order, OrderWrite write, @Nullable Problem refusal) {
        IdempotencyKey key = write.key();
        OrderEvent event = write.event();
        return write(
                write,
                rows -> readOutcome(rows, write.document(), refusal),
                CREATE,
                write.caller().tenant().value(),
                order.id().value(),
                write.document().text(),
                write.id(),
                write.caller().userId(),
                write.caller().email(),
                event == null ? null : event.changes(),
                event == null ? null : Json.memberNames(event.changes()),
                key == null ? null : key.value(),
                key == null ? null : key.fingerprint(),
                refusal != null,
                write.dryRun());
    }

    @Override
    public WriteOutcome replace(Order before, Order after, OrderWrite write) {
        IdempotencyKey key = write.key();
        OrderEvent event = write.event();
        return write(
                write,
                rows -> readOutcome(rows, write.document(), null),
                REPLACE,
                write.caller().tenant().value(),
                after.id().value(),
                before.version(),
                write.document().text(),
                !after.details().isPricedLike(before.details()),
                write.id(),
                event == null ? null : event.type().name(),
                write.caller().userId(),
                write.caller().email(),
                event == null ? null : event.changes(),
                event == null ? null : Json.memberNames(event.changes()),
                key == null ? null : key.value(),
                key == null ? null : key.fingerprint(),
                write.dryRun());
    }

    @Override
    public Optional<Order> find(TenantId tenant, OrderId id) {
        return database.read(
                tenant,
                GET,
                rows -> rows.next() ? Optional.of(OrderRow.read(rows)) : Optional.empty(),
                tenant.value(),
                id.value());
    }

    @Override
    public ChangeBasis findForChange(TenantId tenant, OrderId id, @Nullable IdempotencyKey key) {
        return database.read(
                tenant,
                GET_FOR_CHANGE,
                PostgresOrders::readBasis,
                tenant.value(),
                id.value(),
                key == null ? null : key.value());
    }

    @Override
    public <T> Slice<T> list(TenantId tenant, OrderQuery query, int maxBytes, Function<Order, T> each) {
        OrderFilter filter = query.filter().boundedFor(query.sort());
        KeysetPosition after = query.after();
        return database.read(
                tenant,
                LIST,
                rows -> readSlice(rows, each),
                tenant.value(),
                query.sort().text(),
                query.limit(),
                maxBytes,
                after == null ? null : time(after.time()),
                after == null ? null : after.id().value(),
                names(filter.statuses()),
                filter.createdBy(),
                filter.customerId(),
                filter.externalRef(),
                time(filter.createdFrom()),
                time(filter.createdTo()),
                time(filter.updatedFrom()),
                time(filter.updatedTo()),
                names(filter.paymentStatuses()),
                names(filter.fulfillmentStatuses()));
    }

    @Override
    public Optional<Slice<OrderEvent>> events(TenantId tenant, OrderId id, int afterSeq, int limit, int maxBytes) {
        return database.read(
                tenant, EVENTS, PostgresOrders::readEvents, tenant.value(), id.value(), afterSeq, limit, maxBytes);
    }

    private WriteOutcome write(
            OrderWrite write, Database.RowReader<WriteOutcome> reader, String sql, @Nullable Object... arguments) {
        try {
            return database.write(write.caller().tenant(), sql, reader, arguments);
        } catch (Database.LostRaceException lost) {
            return new WriteOutcome.Refused(new RequestProblem.Conflict());
        } catch (Database.StatementException failed) {
            return new WriteOutcome.Refused(failed.lockTimeoutProblem());
        }
    }

    /**
     * @param written the document that was passed to the function, without {@code payment} and {@code fulfillment}
     * @param refusal the problem of the outcome {@code REFUSED}
     */
    private static WriteOutcome readOutcome(ResultSet rows, OrderDocument written, @Nullable Problem refusal)
            throws SQLException {
        rows.next();
        String outcome = rows.getString("r_outcome");
        return switch (outcome) {
            case "STORED" ->
                new WriteOutcome.Stored(new OrderDocument(
                        written.id(),
                        written.version(),
                        written.grandTotal(),
                        rows.getString("r_answer").getBytes(StandardCharsets.UTF_8)));
            case "REPLAYED" -> new WriteOutcome.Replayed(readAnswer(rows));
            case "REFUSED" -> new WriteOutcome.Refused(Objects.requireNonNull(refusal));
            default -> new WriteOutcome.Refused(readProblem(outcome, rows, written.id()));
        };
    }

    private static Problem readProblem(String outcome, ResultSet rows, OrderId id) throws SQLException {
        return switch (outcome) {
            case "KEY_REUSED" -> new RequestProblem.IdempotencyKeyReused();
            case "DUPLICATE_EXTERNAL_REF" ->
                new OrderProblem.DuplicateExternalRef(new OrderId(rows.getObject("r_order_id", UUID.class)));
            case "STALE" -> new OrderProblem.StaleVersion(rows.getInt("r_version"));
            case "NOT_FOUND" -> new OrderProblem.OrderNotFound(id);
            // The connection was lost after the write. Since then, another request has changed the order.
            case "SUPERSEDED" -> new RequestProblem.Unavailable(RequestProblem.Effect.UNKNOWN);
            case "CONFLICT" -> new RequestProblem.Conflict();
            default -> throw new IllegalStateException("The database returned the unknown outcome " + outcome);
        };
    }

    private static OrderDocument readAnswer(ResultSet rows) throws SQLException {
        return new OrderDocument(
                new OrderId(rows.getObject("r_order_id", UUID.class)),
                rows.getInt("r_version"),
                null,
                rows.getString("r_answer").getBytes(StandardCharsets.UTF_8));
    }

    private static ChangeBasis readBasis(ResultSet rows) throws SQLException {
        rows.next();
        String fingerprint = rows.getString("r_fingerprint");
        return new ChangeBasis(
                fingerprint == null ? null : new StoredAnswer(fingerprint, readAnswer(rows)),
                rows.getString("order_id") == null ? null : OrderRow.read(rows));
    }

    private static Optional<Slice<OrderEvent>> readEvents(ResultSet rows) throws SQLException {
        List<OrderEvent> events = new ArrayList<>();
        boolean found = false;
        boolean more = false;
        while (rows.next()) {
            found = true;
            if (rows.getString("r_type") != null) {
                events.add(readEvent(rows));
                more = rows.getBoolean("r_more");
            }
        }
        return found ? Optional.of(new Slice<>(events, more)) : Optional.empty();
    }

    private static OrderEvent readEvent(ResultSet row) throws SQLException {
        return new OrderEvent(
                row.getInt("r_seq"),
                OrderEvent.Type.valueOf(row.getString("r_type")),
                OrderRow.instant(row, "r_at"),
                row.getString("r_by"),
                row.getString("r_by_email"),
                row.getString("r_changes"));
    }

    private static <T> Slice<T> readSlice(ResultSet rows, Function<Order, T> each) throws SQLException {
        List<T> entries = new ArrayList<>();
        boolean more = false;
        while (rows.next()) {
            entries.add(each.apply(OrderRow.read(rows)));
            more = rows.getBoolean("r_more");
        }
        return new Slice<>(entries, more);
    }

    private static String @Nullable [] names(Set<? extends Enum<?>> statuses) {
        return statuses.isEmpty() ? null : statuses.stream().map(Enum::name).toArray(String[]::new);
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
