package com.ecommerce.orders.postgres;

import com.ecommerce.orders.event.EventFeed;
import com.ecommerce.orders.event.EventQuery;
import com.ecommerce.orders.event.FeedEntry;
import com.ecommerce.orders.event.PublishedEvent;
import com.ecommerce.orders.event.RemovedEvent;
import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.FeedPosition;
import com.ecommerce.orders.operation.OrderId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Event logs in PostgreSQL. Each method calls one SQL function of {@code database/migrations}. */
public final class PostgresEventFeed implements EventFeed {

    private static final String READ =
            "SELECT r_epoch, r_head, r_end, r_more, r_position, r_order_id, r_seq, r_change_id, r_type, r_at, r_summary,"
                    + " r_changes FROM read_events_1(?, ?, ?, ?, ?, ?)";

    private final Database database;

    /** Creates the port to the event logs in {@code database}. */
    public PostgresEventFeed(Database database) {
        this.database = database;
    }

    @Override
    public Slice read(TenantId tenant, EventQuery query, List<String> storedTypes, int maxBytes) {
        FeedPosition after = query.after();
        return database.read(
                tenant,
                READ,
                PostgresEventFeed::readSlice,
                tenant.value(),
                after == null ? null : after.position(),
                query.limit(),
                maxBytes,
                storedTypes.isEmpty() ? null : storedTypes.toArray(String[]::new),
                query.content() == EventQuery.Content.SUMMARY_AND_CHANGES);
    }

    private static Slice readSlice(ResultSet rows) throws SQLException {
        rows.next();
        UUID epoch = rows.getObject("r_epoch", UUID.class);
        long head = rows.getLong("r_head");
        long end = rows.getLong("r_end");
        boolean more = rows.getBoolean("r_more");
        List<FeedEntry> entries = new ArrayList<>();
        if (rows.getString("r_position") != null) {
            do {
                entries.add(readEntry(rows));
            } while (rows.next());
        }
        return new Slice(epoch == null ? FeedPosition.NO_EPOCH : epoch, head, end, more, entries);
    }

    private static FeedEntry readEntry(ResultSet row) throws SQLException {
        long position = row.getLong("r_position");
        UUID order = row.getObject("r_order_id", UUID.class);
        if (order == null) {
            return new RemovedEvent(position);
        }
        return new PublishedEvent(
                position,
                row.getObject("r_change_id", UUID.class),
                new OrderId(order),
                row.getInt("r_seq"),
                row.getString("r_type"),
                OrderRow.instant(row, "r_at"),
                row.getString("r_summary"),
                row.getString("r_changes"));
    }
}
