/*
 * The event feed: writers, the sequencer in read_events_1, and readers that follow the log with a cursor.
 *
 * scripts/check_models.sh explores every state of this model with Spin. docs/models/README.md says what the model leaves
 * out. The names after #ifdef are mutations. Each mutation breaks one rule, and Spin must find the error.
 *
 * One step of a process is one SQL statement, with the snapshot that READ COMMITTED gives to this statement. Between two
 * statements of a transaction, any other process may run. The global tables hold committed rows only. A transaction keeps
 * its own rows in its process until the commit, so a rollback only forgets them.
 */

/* The bounds. */
#ifndef WRITERS
#define WRITERS 2 /* clients that write */
#endif
#ifndef WRITES
#define WRITES 2 /* writes of each writer, each to any order */
#endif
#ifndef ORDERS
#define ORDERS 2
#endif
#ifndef TIMES
#define TIMES 2 /* a clock shows any of these times at any moment, so all clocks differ */
#endif
#ifndef READERS
#define READERS 2 /* clients that call read_events_1; each of them is a sequencer */
#endif
#ifndef FOLLOWERS
#define FOLLOWERS 0 /* readers that never move rows, as on a read-only replica */
#endif
#ifndef BATCH
#define BATCH 2 /* rows that a sequencer moves at most; 2,000 in read_events_1 */
#endif
#ifndef PAGE
#define PAGE 2 /* events of a page at most */
#endif

#define EVENTS (WRITERS * WRITES)
#define CELLS (ORDERS * EVENTS) /* the event of an order with a seq is the cell order * EVENTS + seq - 1 */
#define ORDER(cell) ((cell) / EVENTS)
#define SEQ(cell) ((cell) % EVENTS + 1)
#define BIT(cell) (1 << (cell))
#define NONE 255

#ifndef MAX_OVER_BATCH
#define MAX_OVER_BATCH true
#endif
#ifndef MAX_OVER_OUTBOX
#define MAX_OVER_OUTBOX false
#endif

/* The committed rows. */
byte version[ORDERS];   /* orders.version; 0 if the order does not exist */
byte updatedAt[ORDERS]; /* orders.updated_at */
int outbox;             /* the rows of outbox, one bit for each cell */
byte at[CELLS];         /* outbox.at */
byte log[EVENTS + BATCH + 1]; /* event_log: the cell + 1 at each position, 0 if there is no row */
bool feedExists;        /* the tenant's row of feeds */
byte head;              /* feeds.head */
bool stored[EVENTS];    /* order_events.change_id: the writes that are stored */

/* The locks, each with the process that holds the lock. */
byte orderLock[ORDERS] = NONE; /* the row of orders */
byte feedLock = NONE;          /* the row of feeds */
byte feedInsert = NONE;        /* a row of feeds that is inserted and not yet committed */

/* The clients. */
byte cursor[READERS + FOLLOWERS]; /* the last position that each reader has received */

/* For the checks only. */
byte committed;         /* events of committed transactions */
byte loggedSeq[ORDERS]; /* the seq of the order's last event in the log */
byte writersDone;

/* Working memory of single steps. It is not part of a state. */
hidden byte i, best, bestTime, latest, picked;
hidden int chosen, placed;

#ifdef LIVENESS
/* The faults that remain. Endless faults could stop all progress. */
byte faults = LIVENESS;
#define FAULT faults > 0 -> faults--
#else
#define FAULT true
#endif

#ifdef SEQ_BEFORE_LOCK
byte counter[ORDERS]; /* a sequence: neither a lock nor a rollback affects it */
#endif
#ifdef DIRTY_READ
int dirty; /* rows of the outbox that are not committed */
#define VISIBLE (outbox | dirty)
#elif defined(OLD_SNAPSHOT)
#define VISIBLE snapshot
#else
#define VISIBLE outbox
#endif

inline pickAny(variable, count) {
	variable = 0;
	do
	:: variable + 1 < count -> variable++
	:: break
	od
}

inline addToOutbox() {
	at[order * EVENTS + seq - 1] = time;
	outbox = outbox | BIT(order * EVENTS + seq - 1)
}

/*
 * A client and its API. Each write is one transaction: create_order_1, replace_order_1 or a ledger write. A lost response
 * leads to the same write again, which then finds its own change ("The same write, sent again after a lost connection").
 */
proctype Writer(byte first) {
	byte write = first;
	byte order, seq, time;

	do
	:: write < first + WRITES ->
		pickAny(order, ORDERS);
attempt:
#ifdef SEQ_BEFORE_LOCK
		atomic {
			if
			:: counter[order] < EVENTS -> counter[order]++; seq = counter[order]
			:: else -> goto next
			fi
		};
#endif
		/*
		 * The lock on the order's row, by INSERT, UPDATE or SELECT … FOR UPDATE. The statement waits for the writer that
		 * holds the lock. The API read its clock earlier; any time is possible, so the model picks the time here.
		 */
		atomic {
#ifndef SEQ_BEFORE_LOCK
			orderLock[order] == NONE;
			orderLock[order] = _pid;
			seq = version[order] + 1;
#endif
			pickAny(time, TIMES);
#ifndef NO_GREATEST
			/* at = greatest(given time, orders.updated_at) */
			time = (time < updatedAt[order] -> updatedAt[order] : time);
#endif
#ifndef BLIND_RETRY
			if
			:: stored[write] -> orderLock[order] = NONE; goto next
			:: else
			fi;
#endif
#ifdef DIRTY_READ
			at[order * EVENTS + seq - 1] = time;
			dirty = dirty | BIT(order * EVENTS + seq - 1)
#endif
		};
		/* The transaction stays open for any time. */
		if
		:: d_step {
				/* COMMIT: the order, its event and its row of the outbox become visible at once. */
				assert(!stored[write]); /* one event for each write */
#ifndef NO_GREATEST
				assert(time >= updatedAt[order]); /* an order's time never runs backwards */
#endif
				stored[write] = true;
				version[order] = seq;
				updatedAt[order] = time;
#ifndef OUTBOX_LATER
				addToOutbox();
#endif
#ifdef DIRTY_READ
				dirty = dirty & ~BIT(order * EVENTS + seq - 1);
#endif
				committed++;
				orderLock[order] = NONE
			}
#ifdef OUTBOX_LATER
			if
			:: d_step { addToOutbox() }
			:: FAULT /* the process ends between its two transactions */
			fi;
#endif
			if
			:: true
			:: FAULT -> seq = 0; time = 0; goto attempt /* the response is lost */
			fi
		:: atomic {
				/* ROLLBACK: an error, a lost connection or a killed backend. */
				FAULT;
#ifdef DIRTY_READ
				dirty = dirty & ~BIT(order * EVENTS + seq - 1);
				at[order * EVENTS + seq - 1] = 0;
#endif
				orderLock[order] = NONE;
				seq = 0;
				time = 0
			}
			if
			:: goto attempt /* the API or the client tries again */
			:: true /* the client gives up */
			fi
		fi;
next:
		atomic { write++; order = 0; seq = 0; time = 0 }
	:: else -> break
	od;
	writersDone++
}

/*
 * Sets best to the first of the rows that are not done, or to NONE, in the order (at, order_id, seq). With reached, max(at)
 * OVER (PARTITION BY order_id ORDER BY seq) replaces at.
 */
inline findFirst(rows, done, reached) {
	best = NONE;
	bestTime = NONE;
	i = 0;
	do
	:: i < CELLS ->
		latest = (i % EVENTS == 0 -> 0 : latest);
		if
		:: rows & BIT(i) ->
			latest = (reached && at[i] < latest -> latest : at[i]);
			if
			:: !(done & BIT(i)) && latest < bestTime -> best = i; bestTime = latest
			:: else
			fi
		:: else
		fi;
		i++
	:: else -> break
	od
}

/* SELECT … FROM outbox ORDER BY at, order_id, seq LIMIT: chooses rows that the statement sees, and counts them in picked. */
inline chooseRows(limit) {
	chosen = 0;
	picked = 0;
	do
	:: picked < limit ->
		findFirst(VISIBLE, chosen, MAX_OVER_OUTBOX);
		if
		:: best == NONE -> break
		:: else -> chosen = chosen | BIT(best); picked++
		fi
	:: else -> break
	od
}

/* row_number() OVER (ORDER BY reached, order_id, seq): puts the chosen rows into moved, in this order. */
inline numberRows() {
	placed = 0;
	do
	:: count < picked ->
#ifdef NO_ORDER_BY
		best = CELLS - 1; /* any order is possible; this is the reverse one */
		do
		:: chosen & ~placed & BIT(best) -> break
		:: else -> best--
		od;
#else
		findFirst(chosen, placed, MAX_OVER_BATCH);
#endif
		placed = placed | BIT(best);
		moved[count] = best;
		count++
	:: else -> break
	od
}

/* Ends a transaction and forgets its rows. */
inline endTransaction() {
	feedLock = (feedLock == _pid -> NONE : feedLock);
	feedInsert = (feedInsert == _pid -> NONE : feedInsert);
	from = 0;
	count = 0;
	deleted = 0;
	i = 0;
	do
	:: i < BATCH -> moved[i] = 0; i++
	:: else -> break
	od;
	i = 0
}

inline forgetPage() {
	end = 0;
	shown = 0;
	i = 0;
	do
	:: i < PAGE -> page[i] = 0; i++
	:: else -> break
	od;
	i = 0
}

/* The client receives a page, checks the page, and moves its cursor. */
inline receive() {
	i = 0;
	do
	:: i < shown ->
		assert(SEQ(page[i]) == seen[ORDER(page[i])] + 1); /* each event once, and in the order's order */
		seen[ORDER(page[i])]++;
		i++
	:: else -> break
	od;
	/* r_end: a page that is not full covers the log up to the head that was read */
	cursor[me] = (shown == PAGE -> cursor[me] + shown : end)
}

#ifdef HEAD_AFTER_PAGE
#define LAST (count > 0 -> from + count : head)
#else
#define LAST end
#endif

/* The backend, its connection or the API dies before the commit. */
#define OR_ROLLBACK :: atomic { FAULT; endTransaction(); forgetPage(); goto end_idle }

/* A client that follows the feed: each round is one call of read_events_1 in one transaction. */
proctype Reader(byte me; bool sequences) {
	byte seen[ORDERS]; /* the last seq of each order that the client has received */
	byte from;         /* feeds.head, as this transaction has read it */
	byte count;        /* the rows that this transaction has moved to the positions from + 1, from + 2, … */
	byte moved[BATCH];
	int deleted;
	byte end; /* r_end */
	byte shown;
	byte page[PAGE];
#ifdef OLD_SNAPSHOT
	int snapshot;
#endif

	/*
	 * Step 1: SELECT EXISTS. A poll that finds nothing to do changes nothing, so the model leaves it out. The row of feeds
	 * never goes away, so a transaction that sees the row skips step 2.
	 */
end_idle:
	if
	:: atomic {
			sequences && outbox != 0 ->
#ifdef OLD_SNAPSHOT
			snapshot = outbox;
#endif
#ifdef HEAD_BEFORE_LOCK
			from = head;
#endif
			if
			:: feedExists -> goto lock
			:: else
			fi
		}
	:: atomic { cursor[me] < head && (!sequences || outbox == 0) -> goto read }
	fi;

	/* Step 2: insert the row of feeds. Waits while another transaction inserts the row. */
	if
	:: feedExists
	:: atomic { !feedExists && feedInsert == NONE -> feedInsert = _pid }
	OR_ROLLBACK
	fi;

	/* Step 3: SELECT head FROM feeds … FOR UPDATE SKIP LOCKED. */
lock:
	if
#ifdef NO_FEED_LOCK
	:: from = head
#else
	:: atomic {
			feedLock == NONE ->
			feedLock = _pid;
#ifndef HEAD_BEFORE_LOCK
			from = head
#endif
		}
	:: atomic { feedLock != NONE -> from = 0; goto read }
#endif
	OR_ROLLBACK
	fi;

	/*
	 * Step 4: INSERT INTO event_log, then DELETE FROM outbox of exactly the rows in event_log, and UPDATE feeds. No other
	 * transaction sees the effects before the commit, so one step is enough for the three statements.
	 */
	if
	:: d_step {
			chooseRows(BATCH);
			numberRows();
			deleted = chosen
		}
	OR_ROLLBACK
	fi;

#ifdef DELETE_OTHER_ROWS
	/* DELETE FROM outbox: the first rows that this statement sees, not the rows that were moved. */
	d_step { chooseRows(count); deleted = chosen };
#endif

	/* Step 5: SELECT epoch, head FROM feeds. The page ends at this head. The transaction sees its own rows. */
read:
#ifndef HEAD_AFTER_PAGE
	end = (count > 0 -> from + count : head);
#endif
	atomic {
		do
		:: shown < PAGE && cursor[me] + shown < LAST ->
			page[shown] = (cursor[me] + shown < head ->
				log[cursor[me] + shown + 1] - 1 : moved[cursor[me] + shown - from]);
			shown++
		:: else -> break
		od;
#ifdef PAGE_BEFORE_COMMIT
		receive();
#endif
#ifdef HEAD_AFTER_PAGE
	};
	atomic {
		end = LAST;
#endif
		/* A transaction that has changed nothing has nothing to commit. */
		if
		:: feedLock != _pid && count == 0 -> goto respond
		:: else
		fi
	};

	if
	:: atomic {
			/* COMMIT: everything that the transaction has changed becomes visible at once. */
			d_step {
				i = 0;
				do
				:: i < count ->
					assert(log[from + 1 + i] == 0); /* otherwise the primary key of event_log fails */
					assert(SEQ(moved[i]) <= version[ORDER(moved[i])]); /* nothing that was rolled back */
					assert(SEQ(moved[i]) == loggedSeq[ORDER(moved[i])] + 1); /* nothing twice; ascending in each order */
					log[from + 1 + i] = moved[i] + 1;
					loggedSeq[ORDER(moved[i])]++;
					at[moved[i]] = 0;
					i++
				:: else -> break
				od;
				if
				:: feedLock == _pid ->
					assert(from == head); /* gapless */
					head = from + count;
					outbox = outbox & ~deleted;
					feedExists = true
				:: else
				fi;
				endTransaction()
			};
			/* The driver hands over the page only after the server has reported the commit. */
respond:
			if
			:: true ->
#ifndef PAGE_BEFORE_COMMIT
				receive()
#endif
			:: FAULT /* the response is lost; the client asks again with its old cursor */
			fi;
			forgetPage();
			goto end_idle
		}
	OR_ROLLBACK
	fi
}

init {
	byte n;
	atomic {
		do
		:: n < WRITERS -> run Writer(n * WRITES); n++
		:: else -> break
		od;
		n = 0;
		do
		:: n < READERS + FOLLOWERS -> run Reader(n, n < READERS); n++
		:: else -> break
		od;
		n = 0
	}
#ifndef LIVENESS
	/* No process can go on. Nothing may be left over then. */
	timeout;
	d_step {
		assert(writersDone == WRITERS);
		assert(feedLock == NONE && feedInsert == NONE);
		assert(outbox == 0);
		assert(head == committed); /* every committed event has a position: gapless, and nothing is lost */
		do
		:: n < ORDERS ->
			assert(loggedSeq[n] == version[n] && orderLock[n] == NONE);
			n++
		:: else -> break
		od;
		n = 0;
		do
		:: n < READERS + FOLLOWERS -> assert(cursor[n] == head); n++
		:: else -> break
		od
	}
#endif
}

#ifdef LIVENESS
/* Every reader receives every event at last. */
ltl received {
	<> (writersDone == WRITERS && outbox == 0 && head == committed && cursor[0] == head && cursor[READERS + FOLLOWERS - 1] == head)
}
#endif
