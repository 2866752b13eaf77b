package com.ecommerce.orders.order;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.operation.EntryDocument;
import com.ecommerce.orders.operation.Ledger;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.operation.Slice;
import com.ecommerce.orders.operation.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One ledger of one order in memory. It checks no rule. */
public final class FakeLedger implements LedgerEntries {

    private static final int FIRST_SEQ = 2;

    private final List<EntryDocument> entries = new ArrayList<>();
    private final Ledger ledger;
    private final @Nullable Problem refusal;
    private @Nullable LedgerWrite lastWrite;
    private int version = FIRST_SEQ - 1;

    /** @param refusal the problem that refuses every write; {@code null} to store every write */
    public FakeLedger(Ledger ledger, @Nullable Problem refusal) {
        this.ledger = ledger;
        this.refusal = refusal;
    }

    /** Stores an entry, or replaces the entry that has the same id. */
    public OrderResponse store(LedgerWrite write, byte[] json, View.Result result) {
        lastWrite = write;
        if (refusal != null) {
            return refusal;
        }
        EntryDocument entry = document(write.order(), write.entryId(), version + 1, json);
        if (write.dryRun()) {
            return new View(entry, result, View.Delivery.DRY_RUN);
        }
        version++;
        entries.removeIf(other -> other.id().equals(entry.id()));
        entries.add(entry);
        return new View(entry, result, View.Delivery.CURRENT);
    }

    /** Returns the write that came last. */
    public LedgerWrite lastWrite() {
        return Objects.requireNonNull(lastWrite);
    }

    /** Returns the version of the order. */
    public int version() {
        return version;
    }

    /** Counts a change of the order by another request. */
    public void changeOrder() {
        version++;
    }

    /** Returns the ledger that this fake is. */
    public Ledger ledger() {
        return ledger;
    }

    /** Returns all entries, oldest first. */
    public List<byte[]> all() {
        return entries.stream().map(EntryDocument::json).toList();
    }

    @Override
    public Optional<EntryDocument> find(TenantId tenant, Ledger other, OrderId order, UUID id) {
        return entries.stream()
                .filter(entry -> other == ledger && entry.id().equals(id))
                .map(entry -> document(order, id, null, entry.json()))
                .findFirst();
    }

    @Override
    public Optional<Slice<Entry>> list(
            TenantId tenant, Ledger other, OrderId order, int afterSeq, int limit, int maxBytes) {
        if (other != ledger || entries.isEmpty()) {
            return Optional.empty();
        }
        List<Entry> all = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            all.add(new Entry(i + FIRST_SEQ, entries.get(i).json()));
        }
        all.removeIf(entry -> entry.seq() <= afterSeq);
        return Optional.of(new Slice<>(all.subList(0, Math.min(limit, all.size())), all.size() > limit));
    }

    private EntryDocument document(OrderId order, UUID id, @Nullable Integer version, byte[] json) {
        return new EntryDocument(order, ledger, id, version, json);
    }
}
