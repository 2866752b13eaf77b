package com.ecommerce.orders.payment;

import com.ecommerce.orders.identity.TenantId;
import com.ecommerce.orders.json.TransactionWriter;
import com.ecommerce.orders.operation.EntryDocument;
import com.ecommerce.orders.operation.OrderId;
import com.ecommerce.orders.operation.OrderResponse;
import com.ecommerce.orders.operation.Problem;
import com.ecommerce.orders.operation.Slice;
import com.ecommerce.orders.operation.View;
import com.ecommerce.orders.order.LedgerWrite;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The transactions of one order in memory. They check no rule. */
public final class FakeTransactions implements Transactions {

    private final List<EntryDocument> entries = new ArrayList<>();
    private final @Nullable Problem refusal;
    private @Nullable LedgerWrite lastWrite;

    /** Creates a storage that stores every transaction. */
    public FakeTransactions() {
        this(null);
    }

    /** @param refusal the problem that refuses every write; {@code null} to store every write */
    public FakeTransactions(@Nullable Problem refusal) {
        this.refusal = refusal;
    }

    /** Returns the write that came last. */
    LedgerWrite lastWrite() {
        return Objects.requireNonNull(lastWrite);
    }

    @Override
    public OrderResponse record(NewTransaction transaction, LedgerWrite write) {
        return store(write, TransactionWriter.write(transaction), View.Result.CREATED);
    }

    @Override
    public OrderResponse settle(Settlement settlement, LedgerWrite write) {
        byte[] json = ("{\"state\":\"" + settlement.state() + "\"}").getBytes(StandardCharsets.UTF_8);
        return store(write, json, View.Result.OK);
    }

    private OrderResponse store(LedgerWrite write, byte[] json, View.Result result) {
        lastWrite = write;
        if (refusal != null) {
            return refusal;
        }
        EntryDocument entry = document(write.order(), write.entryId(), entries.size() + 2, json);
        if (write.dryRun()) {
            return new View(entry, result, View.Delivery.DRY_RUN);
        }
        entries.removeIf(other -> other.id().equals(entry.id()));
        entries.add(entry);
        return new View(entry, result, View.Delivery.CURRENT);
    }

    @Override
    public Optional<EntryDocument> find(TenantId tenant, OrderId order, UUID transaction) {
        return entries.stream()
                .filter(entry -> entry.id().equals(transaction))
                .map(entry -> document(order, transaction, null, entry.json()))
                .findFirst();
    }

    @Override
    public Optional<Slice<Entry>> list(TenantId tenant, OrderId order, int afterSeq, int limit, int maxBytes) {
        List<Entry> all = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            all.add(new Entry(i + 2, entries.get(i).json()));
        }
        all.removeIf(entry -> entry.seq() <= afterSeq);
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(new Slice<>(all.subList(0, Math.min(limit, all.size())), all.size() > limit));
    }

    @Override
    public List<byte[]> findByReference(TenantId tenant, TransactionReference reference) {
        return entries.stream().map(EntryDocument::json).toList();
    }

    private static EntryDocument document(OrderId order, UUID id, @Nullable Integer version, byte[] json) {
        return new EntryDocument(order, COLLECTION, id, version, json);
    }
}
