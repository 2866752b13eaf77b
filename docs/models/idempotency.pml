/*
 * Idempotency keys: clients that repeat POST /orders with one key, while connections, processes and backends die.
 *
 * scripts/check_models.sh explores every state of this model with Spin. docs/models/README.md says what the model leaves
 * out. The names after #ifdef are mutations. Each mutation breaks one rule, and Spin must find the error.
 *
 * One step of a Backend is one SQL statement of create_order_1 and claim_key_1. Each request may run in an instance of its
 * own. So IdempotencyLock, which works inside one process, separates no requests here.
 */

/* The bounds. */
#ifndef CLIENTS
#define CLIENTS 2 /* all use one key */
#endif
#ifndef REQUESTS
#define REQUESTS 2 /* HTTP requests of each client at most: the first request and its retries */
#endif

#define ATTEMPTS 2 /* SQL calls of each request at most: Database.query repeats a call once */

#define ORDERS (CLIENTS * REQUESTS + 1) /* HTTP requests in all, with the last retry by init */
#define NONE 255

#ifdef KEYLESS
#define HAS_KEY false
#elif defined(RETRY_WITHOUT_KEY)
#define HAS_KEY (request % REQUESTS == 0)
#else
#define HAS_KEY true
#endif

/* Outcomes of the SQL functions, and responses. CREATED covers 201 with and without Idempotent-Replayed. */
mtype = { STORED, REPLAYED, KEY_REUSED, REFUSED, LOCK_TIMEOUT, CREATED, IN_FLIGHT, UNKNOWN };

/* The committed rows. CreateOrder makes an id for each HTTP request, so order n belongs to request n. */
bool exists[ORDERS];  /* orders */
byte keyOrder = NONE; /* the row of idempotency_keys: order_id, and change_id, which belongs to it; NONE without a row */
byte keyBody;         /* the row's fingerprint */

/* Rows that are inserted and not yet committed, with the process that inserted them. */
byte keyInsert = NONE;
byte orderInsert[ORDERS] = NONE;

/*
 * All processes exist from the start, so that equal states are equal for Spin. A client asks for a request, and a request
 * sends its first and its second attempt. A request waits for one attempt, and a client for one request.
 */
bool asked[ORDERS];
byte sent[ORDERS];
byte waitsFor[ORDERS];           /* 0: none; otherwise the number of the attempt */
mtype outcome[ORDERS];           /* what the attempt has returned; 0: nothing yet */
byte answer[ORDERS];             /* r_order_id */
byte clientWaitsFor[CLIENTS + 1] = NONE;
mtype response[CLIENTS + 1];

/* Bodies 0 and 1 have different fingerprints. p_refuse, as for a wrong expectedTotal, depends on the body. */
bool refuses[2];
bit bodyOf[CLIENTS + 1];
#define BODY bodyOf[request / REQUESTS]

/* For the checks only. */
byte made;                 /* orders that exist */
bool saidNotStored[ORDERS]; /* the response to this request said that the request has stored nothing */
bool faults = true;        /* no fault happens during the last retry */

#define IS_SENT sent[request] >= attempt

/* Answers the request, if the request still waits for this attempt. */
inline reply(result, id) {
	if
	:: waitsFor[request] == attempt -> outcome[request] = result; answer[request] = id
	:: else
	fi
}

/*
 * One call of create_order_1: one transaction. The network may delay its start for any time. The transaction goes on if its
 * request does not wait any longer.
 */
proctype Backend(byte request; byte order; byte attempt; bool keyed) {
	/*
	 * claim_key_1. INSERT … ON CONFLICT DO NOTHING waits while another transaction has inserted the key, until lock_timeout.
	 * If there is a row, SELECT reads the row and compares its change_id and its fingerprint.
	 */
end_idle:
	if
	:: IS_SENT && !keyed
#ifdef NO_WAIT
	:: atomic { IS_SENT && keyed && keyOrder == NONE -> keyInsert = _pid }
#else
	:: atomic { IS_SENT && keyed && keyOrder == NONE && keyInsert == NONE -> keyInsert = _pid }
	:: atomic { IS_SENT && keyed && keyInsert != NONE -> reply(LOCK_TIMEOUT, NONE); goto ended }
#endif
	:: atomic {
			IS_SENT && keyed && keyOrder != NONE ->
			if
			:: keyOrder == order -> reply(STORED, keyOrder)
#ifdef NO_FINGERPRINT
			:: keyOrder != order -> reply(REPLAYED, keyOrder)
#else
			:: keyOrder != order && keyBody == BODY -> reply(REPLAYED, keyOrder)
			:: keyOrder != order && keyBody != BODY -> reply(KEY_REUSED, NONE)
#ifdef RELEASE_ANY_KEY
				keyOrder = NONE /* release_key_1 without the condition r_outcome IS NULL */
#endif
#endif
			fi;
			goto ended
		}
	:: atomic { IS_SENT && faults -> goto ended } /* the call never arrives */
	fi;

#ifdef KEY_FIRST
	/* The key has a transaction of its own, before the order's transaction. */
	atomic {
		if
		:: keyed -> keyOrder = order; keyBody = BODY; keyInsert = NONE
		:: else
		fi
	};
#endif

	/* p_refuse: release_key_1, and the commit of a transaction that leaves nothing. Otherwise INSERT INTO orders. */
	if
	:: atomic {
			refuses[BODY] ->
			if
			:: keyed ->
				keyInsert = NONE;
#ifdef KEEP_KEY
				keyOrder = order;
				keyBody = BODY
#endif
			:: else
			fi;
			reply(REFUSED, NONE);
			goto ended
		}
	:: atomic { !refuses[BODY] && !exists[order] && orderInsert[order] == NONE -> orderInsert[order] = _pid }
	:: atomic { !refuses[BODY] && orderInsert[order] != NONE -> reply(LOCK_TIMEOUT, NONE); goto rolledBack }
	:: atomic {
			/* ON CONFLICT DO NOTHING, then "The same write, sent again after a lost connection". */
			!refuses[BODY] && exists[order] ->
#ifdef NO_SECOND_LOOK
			reply(REFUSED, NONE);
#else
			reply(STORED, order);
#endif
			goto rolledBack
		}
	fi;

	if
	:: atomic {
			/* COMMIT: key and order become visible at once. */
			assert(!saidNotStored[request]);
			exists[order] = true;
			made++;
			assert(made == 1); /* one order for each key; without a key, one order for each request */
			if
			:: keyed -> keyOrder = order; keyBody = BODY
			:: else
			fi;
			reply(STORED, order);
			goto rolledBack
		}
	:: atomic { faults -> goto rolledBack } /* the backend is killed before the commit */
	fi;

rolledBack:
	/* The end of the transaction gives back its locks, and a rollback its rows. */
	atomic {
		keyInsert = (keyInsert == _pid -> NONE : keyInsert);
		orderInsert[order] = (orderInsert[order] == _pid -> NONE : orderInsert[order]);
ended:
		skip
	}
}

/* One HTTP request in the API: CreateOrder, and Database.query with its one retry over a fresh connection. */
proctype Request(byte request; bool keyed) {
	mtype result;

end_idle:
	atomic {
		asked[request] ->
again:
		sent[request]++;
		waitsFor[request] = sent[request]
	};
	if
	:: atomic {
			outcome[request] != 0 ->
			result = outcome[request];
			waitsFor[request] = 0;
			outcome[request] = 0
		}
	:: atomic {
			/* The connection is lost. After that, an error leaves open what happened (lostOne in Database.query). */
			faults ->
			waitsFor[request] = 0;
			outcome[request] = 0;
			if
			:: sent[request] < ATTEMPTS -> goto again
			:: sent[request] == ATTEMPTS -> result = UNKNOWN
			:: goto ended /* the API is killed */
			fi
		}
	fi;

	atomic {
		if
		:: result == LOCK_TIMEOUT ->
#ifdef FORGET_LOST
			result = IN_FLIGHT
#else
			result = (sent[request] == 1 -> IN_FLIGHT : UNKNOWN)
#endif
		:: result == STORED -> result = CREATED; answer[request] = request
		:: result == REPLAYED -> result = CREATED
		:: else
		fi;
		/* What every response claims, also a response that no client waits for. */
		if
		:: result == CREATED ->
			assert(exists[answer[request]]); /* the order that the response names */
			assert(!keyed || keyOrder == answer[request] && keyBody == BODY)
		:: result == KEY_REUSED -> assert(keyOrder != NONE && keyBody != BODY)
		:: result == REFUSED -> assert(refuses[BODY])
		:: else
		fi;
		if
		:: result == KEY_REUSED || result == REFUSED || result == IN_FLIGHT ->
			assert(!exists[request]);
			saidNotStored[request] = true
		:: else
		fi;
		if
		:: clientWaitsFor[request / REQUESTS] == request -> response[request / REQUESTS] = result
		:: else
		fi;
		answer[request] = 0;
ended:
		result = 0
	}
}

/* A client that repeats its request until it knows what happened. */
proctype Client(byte me) {
	byte request = me * REQUESTS;

	do
	:: request < (me + 1) * REQUESTS ->
		atomic {
			clientWaitsFor[me] = request;
			response[me] = 0;
			asked[request] = true
		};
		if
		:: atomic {
				response[me] == CREATED || response[me] == KEY_REUSED || response[me] == REFUSED ->
				goto ended
			}
		:: atomic { response[me] == IN_FLIGHT || response[me] == UNKNOWN -> request++ }
		:: atomic { response[me] == 0 -> request++ } /* no response: the client does not wait any longer */
		fi
	:: else -> break
	od;
ended:
	atomic { clientWaitsFor[me] = NONE; response[me] = 0 }
}

init {
	byte request;

	atomic {
		if
		:: refuses[0] = true
		:: true
		fi;
		/* Client 0 sends body 0. The other clients, and the last retry, send body 0 or 1. */
		request = 1;
		do
		:: request <= CLIENTS ->
			if
			:: bodyOf[request] = 0
			:: bodyOf[request] = 1
			fi;
			request++
		:: else -> break
		od;
		request = 0;
		do
		:: request < ORDERS ->
#ifdef NEW_IDS
			run Backend(request, ORDERS - 1, 2, HAS_KEY);
#else
			run Backend(request, request, 2, HAS_KEY);
#endif
			run Backend(request, request, 1, HAS_KEY);
			run Request(request, HAS_KEY);
			request++
		:: else -> break
		od;
		request = 0;
		do
		:: request < CLIENTS -> run Client(request); request++
		:: else -> break
		od
	};

	/* No process can go on. No key is stuck, and a key belongs to its order. */
	timeout;
	atomic {
		assert(keyInsert == NONE);
		request = 0;
		do
		:: request < CLIENTS -> assert(clientWaitsFor[request] == NONE); request++
		:: else -> break
		od;
#ifndef KEYLESS
		assert((keyOrder == NONE) == (made == 0));
		/* One more retry without faults ends with the one order, or with a refusal. */
		faults = false;
		clientWaitsFor[CLIENTS] = ORDERS - 1;
		asked[ORDERS - 1] = true
#endif
	};
#ifndef KEYLESS
	timeout;
	assert(response[CLIENTS] == CREATED || response[CLIENTS] == KEY_REUSED || response[CLIENTS] == REFUSED);
	assert(made == 1 || refuses[bodyOf[CLIENTS]])
#endif
}
