package com.ecommerce.orders.postgres;

import static com.ecommerce.orders.payment.TransactionKind.AUTHORIZATION;
import static com.ecommerce.orders.payment.TransactionKind.CAPTURE;
import static com.ecommerce.orders.payment.TransactionKind.CHARGEBACK;
import static com.ecommerce.orders.payment.TransactionKind.CHARGEBACK_REVERSAL;
import static com.ecommerce.orders.payment.TransactionKind.REFUND;
import static com.ecommerce.orders.payment.TransactionKind.SALE;
import static com.ecommerce.orders.payment.TransactionKind.VOID;
import static com.ecommerce.orders.payment.TransactionState.FAILED;
import static com.ecommerce.orders.payment.TransactionState.PENDING;
import static com.ecommerce.orders.payment.TransactionState.SUCCEEDED;

import com.ecommerce.orders.operation.IdempotencyKey;
import com.ecommerce.orders.operation.OrderStatus;
import com.ecommerce.orders.payment.NewTransaction;
import com.ecommerce.orders.payment.Settlement;
import com.ecommerce.orders.payment.TransactionKind;
import com.ecommerce.orders.payment.TransactionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.NullUnmarked;

/** The rules of payments in plain Java. The model keeps no counters: it adds up the entries each time. */
@NullUnmarked
final class PaymentModel {

    private static final Set<TransactionKind> RESERVING = EnumSet.of(CAPTURE, VOID, REFUND);
    private static final Set<TransactionKind> MAY_FAIL_LATER = EnumSet.of(CAPTURE, SALE, REFUND);

    private Map<UUID, Entry> entries = new LinkedHashMap<>();
    private Map<UUID, Account> accounts = new LinkedHashMap<>();
    private final Map<String, Response> keys = new HashMap<>();

    /**
     * An order, as far as payments depend on it.
     *
     * @param otherLive the number of further entries that are not FAILED, which the model does not have
     * @param otherFailed the number of further FAILED entries
     * @param credits the credits for canceled and returned units, without the fees
     */
    record Account(
            int version,
            OrderStatus status,
            long grandTotal,
            String currency,
            int otherLive,
            int otherFailed,
            long credits,
            Instant updatedAt) {

        Account changed(OrderStatus newStatus, Instant at) {
            return changed(newStatus, 0, at);
        }

        private Account changed(OrderStatus newStatus, long credit, Instant at) {
            return new Account(
                    version + 1,
                    newStatus,
                    grandTotal,
                    currency,
                    otherLive,
                    otherFailed,
                    credits + credit,
                    later(at, updatedAt));
        }
    }

    /** A response that is stored under a key. */
    private record Response(String fingerprint, String text) {}

    /** An entry of the ledger. */
    record Entry(
            UUID id,
            UUID order,
            TransactionKind kind,
            TransactionState state,
            long amount,
            String provider,
            String reference,
            String payment,
            long allowance,
            boolean observed,
            Instant occurredAt,
            Instant reportedAt,
            String failureReason,
            Instant updatedAt) {

        /** @param to may be the present state if {@code newReference} completes the entry */
        Entry moved(TransactionState to, String newReference, Instant occurred, String failure, Instant at) {
            boolean moves = to != state;
            Instant first = moves ? occurred : occurredAt;
            Instant second = moves ? occurredAt : occurred;
            return new Entry(
                    id,
                    order,
                    kind,
                    to,
                    amount,
                    provider,
                    reference == null ? newReference : reference,
                    payment,
                    allowance,
                    observed,
                    first == null ? second : first,
                    moves ? null : reportedAt,
                    moves ? to == FAILED ? failure : null : failureReason,
                    at);
        }

        /** Returns the entry with the time of a report that named its present state again. */
        Entry reported(Instant at) {
            return new Entry(
                    id,
                    order,
                    kind,
                    state,
                    amount,
                    provider,
                    reference,
                    payment,
                    allowance,
                    observed,
                    occurredAt,
                    latest(reportedAt, at),
                    failureReason,
                    updatedAt);
        }

        boolean lacks(String newReference) {
            return reference == null && newReference != null;
        }
    }

    /**
     * A write's condition on the order's version ({@code null} for none), its time, its key ({@code null} for none), and the
     * id of a new entry.
     */
    record Write(UUID order, UUID id, Integer ifMatch, Instant at, IdempotencyKey key) {}

    void place(UUID order, Account account) {
        accounts.put(order, account);
    }

    Account account(UUID order) {
        return accounts.get(order);
    }

    void changeStatus(UUID order, OrderStatus status, Instant at) {
        accounts.computeIfPresent(order, (id, account) -> account.changed(status, at));
    }

    /** Makes the next version of the order, with a further credit. Returns the time of that version. */
    Instant credit(UUID order, long credit, Instant at) {
        return accounts.computeIfPresent(order, (id, account) -> account.changed(account.status(), credit, at))
                .updatedAt();
    }

    List<Entry> entries() {
        return new ArrayList<>(entries.values());
    }

    List<Entry> entries(UUID order) {
        return entries.values().stream()
                .filter(entry -> entry.order().equals(order))
                .toList();
    }

    /** Returns a copy, on which a dry run can try a write. */
    PaymentModel copy() {
        PaymentModel copy = new PaymentModel();
        copy.entries = new LinkedHashMap<>(entries);
        copy.accounts = new LinkedHashMap<>(accounts);
        return copy;
    }

    String record(NewTransaction posted, Write write) {
        return once(write.key(), () -> recordNow(posted, write), () -> copy().recordNow(posted, write));
    }

    String settle(UUID id, Settlement settlement, Write write) {
        return once(write.key(), () -> settleNow(id, settlement, write), () -> copy().settleNow(id, settlement, write));
    }

    /**
     * Runs a write unless its key has a response. Only a write that is not refused keeps its key. The other refusals of a
     * request come before the refusal of its key.
     *
     * @param trial the same write on a copy of this model
     */
    String once(IdempotencyKey key, Supplier<String> write, Supplier<String> trial) {
        Response first = key == null ? null : keys.get(key.value());
        if (first != null && first.fingerprint().equals(key.fingerprint())) {
            return "REPLAYED " + first.text();
        }
        if (first != null) {
            String other = trial.get();
            return isStored(other) ? "IDEMPOTENCY_KEY_REUSED" : other;
        }
        String response = write.get();
        if (key != null && isStored(response)) {
            keys.put(key.value(), new Response(key.fingerprint(), response));
        }
        return response;
    }

    private static boolean isStored(String response) {
        return response.startsWith("OK ") || response.startsWith("CREATED ");
    }

    private String recordNow(NewTransaction posted, Write write) {
        Account account = accounts.get(write.order());
        Entry named = posted.transactionId() == null ? null : entries.get(posted.transactionId());
        if (posted.transactionId() != null && (named == null || !named.order().equals(write.order()))) {
            return "NOT_FOUND";
        }
        Entry known = withReference(posted.provider(), posted.reference(), posted.kind());
        Entry target = known == null ? named : known;
        Entry duplicate = named == target ? null : named;
        Entry contradicted = contradicted(posted, write.order(), known, named);
        TransactionState to =
                target == null ? posted.state() : afterReport(target, posted.state(), posted.occurredAt());
        if (target != null && contradicted == null && changesNothing(target, to, duplicate, posted.reference())) {
            remember(target, posted);
            return ok(target.id(), write.order());
        }
        String refusal = stale(write);
        if (refusal == null && !posted.currency().equals(account.currency())) {
            refusal = "CURRENCY_MISMATCH";
        }
        if (refusal == null && contradicted != null) {
            refusal = mismatch(contradicted);
        }
        if (refusal == null && isOverCount(posted, write.order(), target, duplicate, to)) {
            refusal = "LIMIT_EXCEEDED";
        }
        if (refusal == null) {
            refusal = exceeded(posted, write.order(), target, duplicate, to);
        }
        if (refusal != null) {
            return refusal;
        }
        Instant at = later(write.at(), account.updatedAt());
        if (target == null) {
            store(create(posted, write, at));
            return "CREATED " + write.id() + " " + accounts.get(write.order()).version();
        }
        advance(target, duplicate, to, posted.reference(), posted.occurredAt(), posted.failureReason(), at);
        remember(target, posted);
        return ok(target.id(), write.order());
    }

    private String settleNow(UUID id, Settlement settlement, Write write) {
        Entry named = entries.get(id);
        if (named == null || !named.order().equals(write.order())) {
            return "NOT_FOUND";
        }
        boolean hasOtherReference = named.reference() != null
                && settlement.reference() != null
                && !named.reference().equals(settlement.reference());
        Entry other = named.lacks(settlement.reference())
                ? withReference(named.provider(), settlement.reference(), named.kind())
                : null;
        Entry target = other == null ? named : other;
        Entry duplicate = other == null ? null : named;
        boolean isMismatch = hasOtherReference
                || other != null
                        && (!other.order().equals(named.order())
                                || other.amount() != named.amount()
                                || differ(other.payment(), named.payment()));
        TransactionState to = other == null || settlement.state() == FAILED
                ? settlement.state()
                : afterReport(other, settlement.state(), null);
        if (!isMismatch && changesNothing(target, to, duplicate, settlement.reference())) {
            return ok(target.id(), write.order());
        }
        String stale = stale(write);
        if (stale != null) {
            return stale;
        }
        if (isMismatch) {
            return mismatch(target);
        }
        boolean isAllowed = other == null
                ? maySettle(named, settlement)
                : duplicate.state() == PENDING
                        && (to == other.state() || to == SUCCEEDED || maySettle(other, settlement));
        if (!isAllowed) {
            return "INVALID_TRANSITION";
        }
        Instant at = later(write.at(), accounts.get(write.order()).updatedAt());
        // A success that fails later fails now, so that a late report of the success does not undo the failure.
        Instant occurred = target.state() == SUCCEEDED ? at : null;
        advance(target, duplicate, to, settlement.reference(), occurred, settlement.failureReason(), at);
        return ok(target.id(), write.order());
    }

    /** Returns the order's sums as the member {@code payment} shows them. */
    String payment(UUID order) {
        Account account = accounts.get(order);
        long authorized = Math.max(0, authorized(order));
        long captured = captured(order);
        long refunded = sum(order, REFUND, SUCCEEDED);
        long refundPending = sum(order, REFUND, PENDING);
        long chargedBack = chargedBack(order);
        long capturedTooMuch =
                sum(order, VOID, SUCCEEDED) + sum(order, CAPTURE, SUCCEEDED) - sum(order, AUTHORIZATION, SUCCEEDED);
        long returnedTooMuch = refunded + refundPending + chargedBack - captured;
        long allowances = entries(order).stream()
                .filter(entry -> entry.kind() == REFUND && entry.state() == SUCCEEDED)
                .mapToLong(Entry::allowance)
                .sum();
        long due = account.status() == OrderStatus.CANCELLED
                ? 0
                : Math.max(0, account.grandTotal() - account.credits() - allowances);
        long balance = due - (captured - refunded - chargedBack);
        return "{\"status\":\"" + status(order, captured, refunded, chargedBack, authorized, due, balance)
                + "\",\"authorized\":" + authorized + ",\"captured\":" + captured + ",\"refunded\":" + refunded
                + ",\"refundPending\":" + refundPending + ",\"chargedBack\":" + chargedBack + ",\"refundable\":"
                + Math.max(0, -returnedTooMuch) + ",\"excess\":"
                + (Math.max(0, capturedTooMuch) + Math.max(0, returnedTooMuch)) + ",\"due\":" + due
                + ",\"balance\":" + balance + "}";
    }

    private String status(
            UUID order, long captured, long refunded, long chargedBack, long authorized, long due, long balance) {
        if (captured > 0) {
            return statusOfPaid(captured, refunded, chargedBack, balance);
        }
        if (sum(order, CAPTURE, PENDING) + sum(order, SALE, PENDING) > 0) {
            return "PENDING";
        }
        if (authorized > 0) {
            return authorized >= due ? "AUTHORIZED" : "PARTIALLY_AUTHORIZED";
        }
        if (accounts.get(order).status() == OrderStatus.CANCELLED || sum(order, VOID, SUCCEEDED) > 0) {
            return "VOIDED";
        }
        return due == 0 ? "PAID" : "UNPAID";
    }

    private static String statusOfPaid(long captured, long refunded, long chargedBack, long balance) {
        if (refunded >= captured) {
            return "REFUNDED";
        }
        if (refunded + chargedBack >= captured) {
            return "CHARGED_BACK";
        }
        if (refunded > 0) {
            return "PARTIALLY_REFUNDED";
        }
        if (balance == 0) {
            return "PAID";
        }
        return balance > 0 ? "PARTIALLY_PAID" : "OVERPAID";
    }

    private Entry withReference(String provider, String reference, TransactionKind kind) {
        return entries.values().stream()
                .filter(entry -> entry.provider().equals(provider)
                        && entry.kind() == kind
                        && entry.reference() != null
                        && entry.reference().equals(reference))
                .findFirst()
                .orElse(null);
    }

    /** Returns the entry that contradicts the posted fact; {@code null} if there is none. */
    private Entry contradicted(NewTransaction posted, UUID order, Entry known, Entry named) {
        if (known != null && (!known.order().equals(order) || contradicts(known, posted))) {
            return known;
        }
        boolean isOther = named != null
                && (named.kind() != posted.kind()
                        || !named.provider().equals(posted.provider())
                        || differ(named.reference(), posted.reference())
                        || contradicts(named, posted));
        return isOther ? named : null;
    }

    private boolean contradicts(Entry entry, NewTransaction posted) {
        return entry.amount() != posted.amount().minorUnits()
                || !accounts.get(entry.order()).currency().equals(posted.currency())
                || differ(entry.payment(), posted.payment());
    }

    private static boolean differ(String one, String other) {
        return one != null && other != null && !one.equals(other);
    }

    private static boolean changesNothing(Entry target, TransactionState to, Entry duplicate, String reference) {
        return to == target.state() && !target.lacks(reference) && (duplicate == null || duplicate.state() == FAILED);
    }

    /** Remembers the time of a report that names the state that the entry had before the report. */
    private void remember(Entry before, NewTransaction posted) {
        if (posted.state() == before.state()) {
            entries.computeIfPresent(before.id(), (id, entry) -> entry.reported(posted.occurredAt()));
        }
    }

    /** Returns the state of a recorded entry after the provider has reported a state. */
    private static TransactionState afterReport(Entry entry, TransactionState reported, Instant occurred) {
        if (reported == PENDING) {
            return entry.state();
        }
        Instant news = latest(entry.occurredAt(), entry.reportedAt());
        if (entry.state() == FAILED && reported == SUCCEEDED) {
            return occurred != null && news != null && occurred.isBefore(news) ? FAILED : SUCCEEDED;
        }
        if (entry.state() == SUCCEEDED && reported == FAILED) {
            Instant before = entry.occurredAt() == null ? latest(entry.updatedAt(), news) : news;
            boolean isLater = occurred != null && occurred.isAfter(before);
            return MAY_FAIL_LATER.contains(entry.kind()) && isLater ? FAILED : SUCCEEDED;
        }
        return reported;
    }

    private static Instant latest(Instant one, Instant other) {
        return one == null || other != null && other.isAfter(one) ? other : one;
    }

    private static boolean maySettle(Entry entry, Settlement settlement) {
        if (entry.state() == settlement.state()) {
            // Only a reference is new.
            return true;
        }
        if (entry.state() == PENDING) {
            return settlement.state() == FAILED || entry.reference() != null || settlement.reference() != null;
        }
        return entry.state() == SUCCEEDED && settlement.state() == FAILED && MAY_FAIL_LATER.contains(entry.kind());
    }

    /** Tells whether the order has too many entries for a new entry, or for a FAILED one that succeeds after all. */
    private boolean isOverCount(NewTransaction posted, UUID order, Entry target, Entry duplicate, TransactionState to) {
        boolean isHigh = posted.observed()
                || target != null && target.observed()
                || posted.kind() == CHARGEBACK
                || posted.kind() == REFUND;
        Account account = accounts.get(order);
        List<Entry> own = entries(order);
        long failed = account.otherFailed()
                + own.stream().filter(entry -> entry.state() == FAILED).count();
        long live = account.otherLive()
                + own.stream().filter(entry -> entry.state() != FAILED).count();
        boolean isFull = live >= (isHigh ? 2_000 : 200);
        if (target != null) {
            boolean replaces = duplicate != null && duplicate.state() == PENDING;
            return target.state() == FAILED && to != FAILED && !replaces && isFull;
        }
        return live + failed >= (isHigh ? 4_000 : 1_000) || (to == FAILED ? failed >= (isHigh ? 2_000 : 800) : isFull);
    }

    private String exceeded(NewTransaction posted, UUID order, Entry target, Entry duplicate, TransactionState to) {
        boolean isObserved = posted.observed() || target != null && target.observed();
        boolean counted = target != null && counts(target.kind(), target.state());
        // A pending duplicate hands over the amount that it has reserved.
        boolean isReserved = duplicate != null && counts(duplicate.kind(), duplicate.state());
        if (isObserved || counted || isReserved || !counts(posted.kind(), to)) {
            return null;
        }
        long available =
                switch (posted.kind()) {
                    case CAPTURE, VOID -> Math.max(0, authorized(order));
                    case REFUND ->
                        Math.max(
                                0,
                                captured(order)
                                        - sum(order, REFUND, SUCCEEDED)
                                        - sum(order, REFUND, PENDING)
                                        - chargedBack(order));
                    case CHARGEBACK_REVERSAL -> chargedBack(order);
                    case AUTHORIZATION, SALE, CHARGEBACK -> Long.MAX_VALUE;
                };
        return posted.amount().minorUnits() > available ? "AMOUNT_EXCEEDED " + available : null;
    }

    private static boolean counts(TransactionKind kind, TransactionState state) {
        return state == SUCCEEDED || state == PENDING && RESERVING.contains(kind);
    }

    private long authorized(UUID order) {
        return sum(order, AUTHORIZATION, SUCCEEDED)
                - sum(order, VOID, SUCCEEDED)
                - sum(order, VOID, PENDING)
                - sum(order, CAPTURE, SUCCEEDED)
                - sum(order, CAPTURE, PENDING);
    }

    private long captured(UUID order) {
        return sum(order, CAPTURE, SUCCEEDED) + sum(order, SALE, SUCCEEDED);
    }

    private long chargedBack(UUID order) {
        return Math.max(0, sum(order, CHARGEBACK, SUCCEEDED) - sum(order, CHARGEBACK_REVERSAL, SUCCEEDED));
    }

    private long sum(UUID order, TransactionKind kind, TransactionState state) {
        return entries.values().stream()
                .filter(entry -> entry.order().equals(order) && entry.kind() == kind && entry.state() == state)
                .mapToLong(Entry::amount)
                .sum();
    }

    private static Entry create(NewTransaction posted, Write write, Instant at) {
        return new Entry(
                write.id(),
                write.order(),
                posted.kind(),
                posted.state(),
                posted.amount().minorUnits(),
                posted.provider(),
                posted.reference(),
                posted.payment(),
                posted.allowance() == null ? 0 : posted.allowance().minorUnits(),
                posted.observed(),
                posted.occurredAt(),
                null,
                posted.failureReason(),
                at);
    }

    private void advance(
            Entry target,
            Entry duplicate,
            TransactionState to,
            String reference,
            Instant occurred,
            String failure,
            Instant at) {
        if (duplicate != null && duplicate.state() == PENDING) {
            store(duplicate.moved(FAILED, null, null, "Duplicate of " + target.id(), at));
        }
        if (to != target.state() || target.lacks(reference)) {
            store(target.moved(to, reference, occurred, failure, at));
        }
    }

    private void store(Entry entry) {
        entries.put(entry.id(), entry);
        accounts.computeIfPresent(entry.order(), (id, account) -> account.changed(account.status(), entry.updatedAt()));
    }

    String stale(Write write) {
        int version = accounts.get(write.order()).version();
        return write.ifMatch() == null || write.ifMatch() == version ? null : "STALE_VERSION " + version;
    }

    private String ok(UUID entry, UUID order) {
        return "OK " + entry + " " + accounts.get(order).version();
    }

    private static String mismatch(Entry existing) {
        return "TRANSACTION_MISMATCH " + existing.order() + " " + existing.id();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
