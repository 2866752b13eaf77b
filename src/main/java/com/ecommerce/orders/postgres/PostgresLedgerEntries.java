package com.ecommerce.orders.postgres;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.EntryDocument;
import com.ecommerce.orders.operation.Ledger;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.Slice;
import com.ecommerce.orders.order.LedgerEntries;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The ledgers of orders in PostgreSQL, for reading. Each method calls one SQL function of {@code database/migrations}. */
public final class PostgresLedgerEntries implements LedgerEntries {

    private static final String GET = "SELECT r_entry, r_version FROM get_entry_1(?, ?, ?, ?)";
    private static final String LIST = "SELECT r_seq, r_entry, r_more FROM list_entries_1(?, ?, ?, ?, ?, ?)";

    private final Database database;

    public PostgresLedgerEntries(Database database) {
        this.database = database;
    }

    @Override
    public Optional<EntryDocument> find(TenantId tenant, Ledger ledger, OrderId order, UUID entry) {
        return findWithOrderVersion(tenant, ledger, order, entry)
                .map(found -> new EntryDocument(order, ledger, entry, null, found.json()));
    }

    /** Returns the entry, together with the order's version. */
    Optional<EntryDocument> findWithOrderVersion(TenantId tenant, Ledger ledger, OrderId order, UUID entry) {
        return database.read(
                tenant,
                GET,
                rows -> {
                    rows.next();
                    String json = rows.getString("r_entry");
                    int version = rows.getInt("r_version");
                    return json == null
                            ? Optional.empty()
                            : Optional.of(new EntryDocument(order, ledger, entry, version, utf8(json)));
                },
                tenant.value(),
                ledger.path(),
                order.value(),
                entry);
    }

    @Override
    public Optional<Slice<Entry>> list(
            TenantId tenant, Ledger ledger, OrderId order, int afterSeq, int limit, int maxBytes) {
        return database.read(
                tenant,
                LIST,
                PostgresLedgerEntries::readEntries,
                tenant.value(),
                ledger.path(),
                order.value(),
                afterSeq,
                limit,
                maxBytes);
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

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
