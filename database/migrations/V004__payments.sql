-- The ledger of transactions: what happened to an order's money at payment providers. docs/payments.md explains its rules.
--
-- A write locks the order in one statement, and reads and checks in later statements. A statement that waits for the lock
-- and reads another table would see that table as it was before the wait.

-- An entry of the ledger of transactions.
CREATE TYPE transaction_row_1 AS (
  transaction_id uuid, order_id uuid, seq integer, kind text, state text, amount bigint, currency text, provider text,
  reference text, payment text, method json, items json, shipping_amount bigint, allowance bigint, return_id uuid,
  reason text, occurred_at timestamptz, reported_at timestamptz, observed boolean, metadata json, failure_reason text,
  created_by text, created_by_email text, created_at timestamptz, updated_at timestamptz
);

-- The outcome of a write to a ledger of an order.
CREATE TYPE ledger_outcome_1 AS (
  -- STORED (also if the entry is unchanged), REPLAYED, or the reason of a refusal.
  r_outcome text,
  -- The HTTP status of the response.
  r_status integer,
  -- The entry in the response, or the entry that contradicts the request, and the order of that entry.
  r_order_id uuid, r_entry_id uuid,
  -- The order's version after the write.
  r_version integer,
  -- With AMOUNT_EXCEEDED: the largest amount that the order allows now.
  r_available bigint,
  -- Details of a refusal: the order's currency, the state or status of the entry or of the order, NO_REFERENCE,
  -- OTHER_REFERENCE, the name of the limit, or a line number.
  r_detail text,
  -- The entry's JSON.
  r_answer text,
  -- With QUANTITY_EXCEEDED: the lines, with the requested and the available units. With UNKNOWN_LINE: the positions of
  -- those items in the request, from 0.
  r_lines json
);

-- Returns an entry of the ledger: the entry with the id p_transaction_id, otherwise the entry with p_provider, p_reference
-- and p_kind. All fields are NULL if there is none.
CREATE FUNCTION find_transaction_1(p_tenant text, p_transaction_id uuid, p_provider text, p_reference text, p_kind text)
RETURNS transaction_row_1
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  t transaction_row_1;
  v_id uuid := p_transaction_id;
BEGIN
  IF v_id IS NULL THEN
    SELECT f.transaction_id INTO v_id FROM transactions f
     WHERE f.tenant_id = p_tenant AND f.provider = p_provider AND f.reference = p_reference AND f.kind = p_kind;
    IF NOT FOUND THEN
      RETURN NULL;
    END IF;
  END IF;
  SELECT f.transaction_id, f.order_id, f.seq, f.kind, f.state, f.amount, f.currency, f.provider, f.reference, f.payment,
         f.method, f.items, f.shipping_amount, f.allowance, f.return_id, f.reason, f.occurred_at,
         f.reported_at, f.observed, f.metadata, f.failure_reason, f.created_by, f.created_by_email, f.created_at, f.updated_at
    INTO t FROM transactions f WHERE f.tenant_id = p_tenant AND f.transaction_id = v_id;
  RETURN t;
END
$$;

-- Returns the JSON of an entry. Members without a value are absent. Times are in UTC, with microseconds (RFC 3339).
CREATE FUNCTION transaction_json_1(t transaction_row_1) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  v_time text := 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"';
BEGIN
  RETURN json_strip_nulls(json_build_object(
    'id', t.transaction_id, 'orderId', t.order_id, 'kind', t.kind, 'state', t.state, 'amount', t.amount,
    'currency', t.currency, 'provider', t.provider, 'reference', t.reference, 'payment', t.payment, 'method', t.method,
    'items', t.items, 'shippingAmount', t.shipping_amount, 'allowance', t.allowance, 'returnId', t.return_id,
    'reason', t.reason, 'occurredAt', to_char(t.occurred_at AT TIME ZONE 'UTC', v_time),
    'observed', nullif(t.observed, false), 'metadata', t.metadata, 'failureReason', t.failure_reason, 'createdBy', t.created_by,
    'createdByEmail', t.created_by_email, 'createdAt', to_char(t.created_at AT TIME ZONE 'UTC', v_time),
    'updatedAt', to_char(t.updated_at AT TIME ZONE 'UTC', v_time)));
END
$$;

-- Ends a write to a ledger: stores the response under the key, or releases the key if the write is refused.
CREATE FUNCTION end_ledger_write_1(p_tenant text, p_key text, r ledger_outcome_1) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF r.r_outcome = 'STORED' THEN
    IF p_key IS NOT NULL THEN
      PERFORM store_answer_1(p_tenant, p_key, r.r_entry_id, r.r_version, r.r_status, r.r_answer);
    END IF;
    PERFORM forget_old_keys_1(p_tenant);
  ELSIF p_key IS NOT NULL THEN
    PERFORM release_key_1(p_tenant, p_key);
  END IF;
END
$$;

-- Updates the order's sums after an entry has changed from the state p_from (NULL for a new entry) to its current state.
-- Raises the order's version, and records the event. Returns the outcome of the write.
CREATE FUNCTION apply_transaction_1(p_tenant text, t transaction_row_1, p_from text, p_change_id uuid, p_by text,
                                    p_by_email text)
RETURNS ledger_outcome_1
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  r ledger_outcome_1;
  o record;
  v_succeeded integer := (t.state = 'SUCCEEDED')::integer - (p_from IS NOT DISTINCT FROM 'SUCCEEDED')::integer;
  v_failed integer := (t.state = 'FAILED')::integer - (p_from IS NOT DISTINCT FROM 'FAILED')::integer;
  v_live integer := (t.state <> 'FAILED')::integer - coalesce((p_from <> 'FAILED')::integer, 0);
  v_done bigint := t.amount * v_succeeded;
  v_pending bigint := t.amount * ((t.state = 'PENDING')::integer - (p_from IS NOT DISTINCT FROM 'PENDING')::integer);
  v_payment text;
BEGIN
  SELECT c.version, c.external_ref, c.status, c.currency, c.grand_total, c.payment, c.fulfillment_status, c.credits,
         c.allowances, c.authorized_total, c.captures, c.capture_pending, c.sales, c.sale_pending, c.voided, c.void_pending,
         c.refunded, c.refund_pending, c.chargebacks, c.chargeback_reversals INTO o
    FROM orders c WHERE c.tenant_id = p_tenant AND c.order_id = t.order_id;
  CASE t.kind
    WHEN 'AUTHORIZATION' THEN
      o.authorized_total := o.authorized_total + v_done;
    WHEN 'CAPTURE' THEN
      o.captures := o.captures + v_done;
      o.capture_pending := o.capture_pending + v_pending;
    WHEN 'SALE' THEN
      o.sales := o.sales + v_done;
      o.sale_pending := o.sale_pending + v_pending;
    WHEN 'VOID' THEN
      o.voided := o.voided + v_done;
      o.void_pending := o.void_pending + v_pending;
    WHEN 'REFUND' THEN
      o.refunded := o.refunded + v_done;
      o.refund_pending := o.refund_pending + v_pending;
      o.allowances := o.allowances + coalesce(t.allowance, 0) * v_succeeded;
    WHEN 'CHARGEBACK' THEN
      o.chargebacks := o.chargebacks + v_done;
    WHEN 'CHARGEBACK_REVERSAL' THEN
      o.chargeback_reversals := o.chargeback_reversals + v_done;
  END CASE;
  v_payment := payment_1(o.status, o.grand_total, o.credits, o.allowances, o.authorized_total, o.captures,
                         o.capture_pending, o.sales, o.sale_pending, o.voided, o.void_pending, o.refunded,
                         o.refund_pending, o.chargebacks, o.chargeback_reversals);
  o.version := o.version + 1;
  UPDATE orders c
     SET version = o.version, updated_at = t.updated_at, allowances = o.allowances,
         authorized_total = o.authorized_total, captures = o.captures, capture_pending = o.capture_pending,
         sales = o.sales, sale_pending = o.sale_pending, voided = o.voided, void_pending = o.void_pending,
         refunded = o.refunded, refund_pending = o.refund_pending, chargebacks = o.chargebacks,
         chargeback_reversals = o.chargeback_reversals, transactions_total = c.transactions_total + t.amount * v_live,
         transactions_live = c.transactions_live + v_live, transactions_failed = c.transactions_failed + v_failed,
         payment = v_payment, payment_status = split_part(v_payment, '"', 4),
         document_bytes = c.document_bytes + octet_length(v_payment) - octet_length(o.payment)
                          + length((c.version + 1)::text) - length(c.version::text)
   WHERE c.tenant_id = p_tenant AND c.order_id = t.order_id;
  r.r_outcome := 'STORED';
  r.r_order_id := t.order_id;
  r.r_entry_id := t.transaction_id;
  r.r_version := o.version;
  r.r_status := CASE WHEN p_from IS NULL THEN 201 ELSE 200 END;
  r.r_answer := transaction_json_1(t);
  PERFORM record_event_1(p_tenant, t.order_id, o.version, p_change_id,
                         CASE WHEN p_from IS NULL THEN 'TRANSACTION_RECORDED' ELSE 'TRANSACTION_SETTLED' END,
                         t.updated_at, p_by, p_by_email, ('{"transaction":' || r.r_answer || '}')::json,
                         '["transaction"]'::json,
                         o.external_ref, o.status, split_part(v_payment, '"', 4), o.fulfillment_status, o.currency,
                         o.grand_total);
  RETURN r;
END
$$;

-- Moves a stored entry to the state p_to. p_reference completes an entry without a reference; p_to may then be the present
-- state.
CREATE FUNCTION change_transaction_1(p_tenant text, p_entry transaction_row_1, p_to text, p_reference text,
                                     p_occurred_at timestamptz, p_failure_reason text, p_change_id uuid,
                                     p_at timestamptz, p_by text, p_by_email text)
RETURNS ledger_outcome_1
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  t transaction_row_1 := p_entry;
BEGIN
  IF p_to <> t.state THEN
    t.state := p_to;
    t.occurred_at := coalesce(p_occurred_at, t.occurred_at);
    t.reported_at := NULL;
    t.failure_reason := CASE WHEN p_to = 'FAILED' THEN p_failure_reason END;
  ELSE
    t.occurred_at := coalesce(t.occurred_at, p_occurred_at);
  END IF;
  t.reference := coalesce(t.reference, p_reference);
  t.updated_at := p_at;
  UPDATE transactions c
     SET state = t.state, reference = t.reference, occurred_at = t.occurred_at, reported_at = t.reported_at,
         failure_reason = t.failure_reason, updated_at = t.updated_at
   WHERE c.tenant_id = p_tenant AND c.transaction_id = t.transaction_id;
  RETURN apply_transaction_1(p_tenant, t, p_entry.state, p_change_id, p_by, p_by_email);
END
$$;

-- Remembers the time of a report that names the entry's present state again. Later reports are compared with it: an old
-- failure that arrives late must not undo a newer success. The entry that clients see does not change.
CREATE FUNCTION remember_report_1(p_tenant text, t transaction_row_1, p_reported text, p_occurred_at timestamptz)
RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF p_reported = t.state AND p_occurred_at > coalesce(greatest(t.reported_at, t.occurred_at), '-infinity') THEN
    UPDATE transactions c SET reported_at = p_occurred_at
     WHERE c.tenant_id = p_tenant AND c.transaction_id = t.transaction_id;
  END IF;
END
$$;

-- Moves entry t to the state p_to. d is an entry without a reference that has turned out to be a duplicate of t; it may be
-- NULL. A pending duplicate becomes FAILED. Each change of an entry makes its own version and event.
CREATE FUNCTION advance_transaction_1(p_tenant text, t transaction_row_1, d transaction_row_1, p_to text,
                                      p_reference text, p_occurred_at timestamptz, p_failure_reason text,
                                      p_change_id uuid, p_at timestamptz, p_by text, p_by_email text)
RETURNS ledger_outcome_1
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  r ledger_outcome_1;
  v_change_id uuid := p_change_id;
BEGIN
  IF d.state = 'PENDING' THEN
    r := change_transaction_1(p_tenant, d, 'FAILED', NULL, NULL, 'Duplicate of ' || t.transaction_id, v_change_id, p_at,
                              p_by, p_by_email);
    r.r_entry_id := t.transaction_id;
    r.r_answer := transaction_json_1(t);
    v_change_id := gen_random_uuid();
  END IF;
  IF p_to <> t.state OR t.reference IS NULL AND p_reference IS NOT NULL THEN
    r := change_transaction_1(p_tenant, t, p_to, p_reference, p_occurred_at, p_failure_reason, v_change_id, p_at, p_by,
                              p_by_email);
  END IF;
  RETURN r;
END
$$;

-- Tells whether an entry counts against the limit of its kind. A pending entry of these kinds reserves its amount.
CREATE FUNCTION uses_limit_1(p_kind text, p_state text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE SET search_path = public, pg_temp AS $$
BEGIN
  RETURN coalesce(p_state = 'SUCCEEDED' OR p_state = 'PENDING' AND p_kind IN ('CAPTURE', 'VOID', 'REFUND'), false);
END
$$;

-- Returns the state of an entry after a provider has reported p_reported. A provider may report a state twice, late, or
-- after a later state.
CREATE FUNCTION state_after_report_1(t transaction_row_1, p_reported text, p_occurred_at timestamptz) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = public, pg_temp AS $$
BEGIN
  RETURN CASE
    WHEN p_reported = 'PENDING' OR p_reported = t.state THEN t.state
    WHEN t.state = 'PENDING' THEN p_reported
    -- Another attempt succeeded, unless the report is older than the failure.
    WHEN t.state = 'FAILED' THEN
      CASE WHEN p_occurred_at < greatest(t.occurred_at, t.reported_at) THEN 'FAILED' ELSE 'SUCCEEDED' END
    WHEN t.kind IN ('CAPTURE', 'SALE', 'REFUND')
         AND p_occurred_at > greatest(coalesce(t.occurred_at, t.updated_at), t.reported_at) THEN 'FAILED'
    ELSE t.state END;
END
$$;

-- Records what happened to money at a provider. p_transaction is the validated body of the request. If the fact is already
-- recorded, its entry may advance to a later state, and no second entry is made.
CREATE FUNCTION record_transaction_1(p_tenant text, p_order_id uuid, p_transaction_id uuid, p_transaction json,
                                     p_if_match integer[], p_change_id uuid, p_at timestamptz, p_by text,
                                     p_by_email text, p_key text, p_fingerprint text, p_dry_run boolean)
RETURNS ledger_outcome_1
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  r ledger_outcome_1;
  o record;
  n record;
  t transaction_row_1;
  -- An entry without a reference that turns out to be the same fact as another entry.
  d transaction_row_1;
  v_at timestamptz;
  v_to text;
  v_is_mismatch boolean := false;
  v_is_observed boolean;
  -- Whether the limit of 2,000 entries applies: what has happened must still fit when other entries no longer do.
  v_has_high_limit boolean;
BEGIN
  IF p_dry_run THEN
    BEGIN
      r := record_transaction_1(p_tenant, p_order_id, p_transaction_id, p_transaction, p_if_match, p_change_id, p_at,
                                p_by, p_by_email, NULL, NULL, false);
      PERFORM undo_dry_run_1();
    EXCEPTION WHEN SQLSTATE 'ORD01' THEN
      RETURN r;
    END;
  END IF;
  PERFORM set_config('app.tenant_id', p_tenant, true), set_config('lock_timeout', '3s', true);
  IF p_key IS NOT NULL THEN
    SELECT c.r_outcome, c.r_status, c.r_order_id, c.r_entry_id, c.r_version, NULL, NULL, c.r_answer INTO r
      FROM claim_key_1(p_tenant, p_key, p_fingerprint, p_change_id, p_order_id, NULL, NULL, NULL) c;
    IF r.r_outcome = 'KEY_REUSED' THEN
      -- The other refusals of this request come first.
      r := record_transaction_1(p_tenant, p_order_id, p_transaction_id, p_transaction, p_if_match, p_change_id, p_at,
                                p_by, p_by_email, NULL, NULL, true);
      IF r.r_outcome = 'STORED' THEN
        r := NULL;
        r.r_outcome := 'KEY_REUSED';
      END IF;
    END IF;
    IF r.r_outcome IS NOT NULL THEN
      RETURN r;
    END IF;
  END IF;
  <<work>>
  BEGIN
    SELECT c.version, c.currency, c.updated_at, c.transactions_live, c.transactions_failed, c.transactions_total,
           greatest(0, c.authorized_total - c.voided - c.void_pending - c.captures - c.capture_pending) AS authorized,
           c.captures + c.sales - c.refunded - c.refund_pending AS unrefunded,
           greatest(0, c.chargebacks - c.chargeback_reversals) AS charged_back INTO o
      FROM orders c WHERE c.tenant_id = p_tenant AND c.order_id = p_order_id FOR UPDATE;
    IF NOT FOUND THEN
      r.r_outcome := 'NOT_FOUND';
      EXIT work;
    END IF;
    SELECT * INTO n
      FROM json_to_record(p_transaction) AS j("transactionId" uuid, kind text, state text, amount bigint, currency text,
             provider text, reference text, payment text, method json, items json, "shippingAmount" bigint,
             allowance bigint, "returnId" uuid, reason text, "occurredAt" timestamptz, observed boolean, metadata json,
             "failureReason" text);
    IF n.reference IS NOT NULL THEN
      t := find_transaction_1(p_tenant, NULL, n.provider, n.reference, n.kind);
    ELSIF n."transactionId" IS NULL THEN
      -- The same write, sent again after a lost connection, must not be checked against its own reservation.
      t := find_transaction_1(p_tenant, p_transaction_id, NULL, NULL, NULL);
    END IF;
    IF n."transactionId" IS NOT NULL THEN
      d := find_transaction_1(p_tenant, n."transactionId", NULL, NULL, NULL);
      IF d.order_id IS DISTINCT FROM p_order_id THEN
        r.r_outcome := 'ENTRY_NOT_FOUND';
        r.r_entry_id := n."transactionId";
        EXIT work;
      END IF;
      v_is_mismatch := d.kind <> n.kind OR d.amount <> n.amount OR d.currency <> n.currency
        OR d.provider <> n.provider OR coalesce(d.reference <> n.reference, false)
        OR coalesce(d.payment <> n.payment, false);
      r.r_entry_id := CASE WHEN v_is_mismatch THEN d.transaction_id END;
      IF t.transaction_id IS NULL THEN
        t := d;
      END IF;
      IF d.transaction_id = t.transaction_id THEN
        d := NULL;
      END IF;
    END IF;
    r.r_version := o.version;
    r.r_status := 200;
    IF t.transaction_id IS NOT NULL THEN
      IF t.order_id <> p_order_id OR t.amount <> n.amount OR t.currency <> n.currency
         OR coalesce(t.payment <> n.payment, false) THEN
        v_is_mismatch := true;
        r.r_entry_id := t.transaction_id;
      END IF;
      v_to := state_after_report_1(t, n.state, n."occurredAt");
      IF NOT v_is_mismatch AND v_to = t.state AND coalesce(d.state = 'FAILED', true)
         AND (t.reference IS NOT NULL OR n.reference IS NULL) THEN
        PERFORM remember_report_1(p_tenant, t, n.state, n."occurredAt");
        r.r_outcome := 'STORED';
        -- The same write, sent again after a lost connection, has made this entry.
        r.r_status := CASE WHEN t.transaction_id = p_transaction_id THEN 201 ELSE 200 END;
        r.r_order_id := p_order_id;
        r.r_entry_id := t.transaction_id;
        r.r_answer := transaction_json_1(t);
        EXIT work;
      END IF;
    ELSE
      v_to := n.state;
    END IF;
    IF o.version <> ALL (p_if_match) THEN
      r.r_outcome := 'STALE';
      EXIT work;
    END IF;
    IF n.currency <> o.currency THEN
      r.r_outcome := 'CURRENCY_MISMATCH';
      r.r_detail := o.currency;
      EXIT work;
    END IF;
    IF v_is_mismatch THEN
      r.r_outcome := 'MISMATCH';
      r.r_order_id := CASE WHEN r.r_entry_id = t.transaction_id THEN t.order_id ELSE p_order_id END;
      EXIT work;
    END IF;
    v_is_observed := coalesce(n.observed, false) OR coalesce(t.observed, false);
    v_has_high_limit := v_is_observed OR n.kind IN ('CHARGEBACK', 'REFUND');
    r.r_detail := CASE
      -- A write makes two versions at most: one for a duplicate, and one for the entry that replaces the duplicate.
      WHEN o.version > 2147483645 THEN 'VERSION'
      -- A settlement is never refused, so entries may fail without limit. The limit on all entries bounds their number.
      WHEN t.transaction_id IS NULL
           AND o.transactions_live + o.transactions_failed >= CASE WHEN v_has_high_limit THEN 4000 ELSE 1000 END
        THEN 'ALL_ENTRIES'
      WHEN t.transaction_id IS NULL AND n.state = 'FAILED' THEN
        CASE WHEN o.transactions_failed >= CASE WHEN v_has_high_limit THEN 2000 ELSE 800 END THEN 'FAILED_ENTRIES' END
      WHEN t.transaction_id IS NULL AND o.transactions_live >= CASE WHEN v_has_high_limit THEN 2000 ELSE 200 END THEN 'ENTRIES'
      WHEN t.transaction_id IS NULL AND o.transactions_total + n.amount > 9007199254740991 THEN 'TOTAL'
      WHEN t.state = 'FAILED' AND v_to <> 'FAILED' AND d.state IS DISTINCT FROM 'PENDING' THEN
        CASE WHEN o.transactions_live >= CASE WHEN v_has_high_limit THEN 2000 ELSE 200 END THEN 'ENTRIES'
             WHEN o.transactions_total + t.amount > 9007199254740991 THEN 'TOTAL' END END;
    IF r.r_detail IS NOT NULL THEN
      r.r_outcome := 'LIMIT_EXCEEDED';
      EXIT work;
    END IF;
    r.r_available := CASE n.kind
      WHEN 'CAPTURE' THEN o.authorized
      WHEN 'VOID' THEN o.authorized
      WHEN 'REFUND' THEN greatest(0, o.unrefunded - o.charged_back)
      WHEN 'CHARGEBACK_REVERSAL' THEN o.charged_back END;
    -- An entry is checked when it begins to count. A duplicate hands over the amount that it has reserved.
    IF n.amount > r.r_available THEN
      IF NOT v_is_observed AND uses_limit_1(n.kind, v_to) AND NOT uses_limit_1(t.kind, t.state)
         AND NOT uses_limit_1(d.kind, d.state) THEN
        r.r_outcome := 'AMOUNT_EXCEEDED';
        EXIT work;
      END IF;
    END IF;
    v_at := greatest(p_at, o.updated_at);
    IF t.transaction_id IS NULL THEN
      INSERT INTO transactions (tenant_id, transaction_id, order_id, seq, kind, state, amount, currency, provider,
                                reference, payment, method, items, shipping_amount, allowance, return_id, reason,
                                occurred_at, observed, metadata, failure_reason, created_by, created_by_email,
                                created_at, updated_at)
      VALUES (p_tenant, p_transaction_id, p_order_id, o.version + 1, n.kind, n.state, n.amount, n.currency, n.provider,
              n.reference, n.payment, n.method, n.items, n."shippingAmount", n.allowance, n."returnId", n.reason,
              n."occurredAt", v_is_observed, n.metadata, n."failureReason", p_by, p_by_email, v_at, v_at)
      ON CONFLICT DO NOTHING
      RETURNING transaction_id, order_id, seq, kind, state, amount, currency, provider, reference, payment, method, items,
                shipping_amount, allowance, return_id, reason, occurred_at, reported_at, observed, metadata,
                failure_reason, created_by, created_by_email, created_at, updated_at INTO t;
      IF NOT FOUND THEN
        -- In the meantime, another order has recorded the fact; or this entry was stored before a lost connection.
        t := find_transaction_1(p_tenant, p_transaction_id, NULL, NULL, NULL);
        IF t.transaction_id IS NULL THEN
          t := find_transaction_1(p_tenant, NULL, n.provider, n.reference, n.kind);
          r.r_outcome := 'MISMATCH';
        ELSE
          r.r_outcome := 'STORED';
          r.r_status := 201;
          r.r_answer := transaction_json_1(t);
        END IF;
        r.r_order_id := t.order_id;
        r.r_entry_id := t.transaction_id;
        EXIT work;
      END IF;
      r := apply_transaction_1(p_tenant, t, NULL, p_change_id, p_by, p_by_email);
      EXIT work;
    END IF;
    r := advance_transaction_1(p_tenant, t, d, v_to, n.reference, n."occurredAt", n."failureReason", p_change_id,
                               v_at, p_by, p_by_email);
    PERFORM remember_report_1(p_tenant, t, n.state, n."occurredAt");
  END work;
  PERFORM end_ledger_write_1(p_tenant, p_key, r);
  RETURN r;
END
$$;

-- Moves an entry from PENDING to SUCCEEDED or FAILED, or from SUCCEEDED to FAILED. A settlement is never refused because of
-- its amount.
CREATE FUNCTION settle_transaction_1(p_tenant text, p_order_id uuid, p_transaction_id uuid, p_state text,
                                     p_reference text, p_failure_reason text, p_if_match integer[], p_change_id uuid,
                                     p_at timestamptz, p_by text, p_by_email text, p_key text, p_fingerprint text,
                                     p_dry_run boolean)
RETURNS ledger_outcome_1
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  r ledger_outcome_1;
  o record;
  v_named transaction_row_1;
  -- The entry to settle, and a duplicate of it.
  t transaction_row_1;
  d transaction_row_1;
  v_at timestamptz;
  v_to text := p_state;
  v_is_mismatch boolean;
BEGIN
  IF p_dry_run THEN
    BEGIN
      r := settle_transaction_1(p_tenant, p_order_id, p_transaction_id, p_state, p_reference, p_failure_reason, p_if_match,
                                p_change_id, p_at, p_by, p_by_email, NULL, NULL, false);
      PERFORM undo_dry_run_1();
    EXCEPTION WHEN SQLSTATE 'ORD01' THEN
      RETURN r;
    END;
  END IF;
  PERFORM set_config('app.tenant_id', p_tenant, true), set_config('lock_timeout', '3s', true);
  IF p_key IS NOT NULL THEN
    SELECT c.r_outcome, c.r_status, c.r_order_id, c.r_entry_id, c.r_version, NULL, NULL, c.r_answer INTO r
      FROM claim_key_1(p_tenant, p_key, p_fingerprint, p_change_id, p_order_id, NULL, NULL, NULL) c;
    IF r.r_outcome = 'KEY_REUSED' THEN
      -- The other refusals of this request come first.
      r := settle_transaction_1(p_tenant, p_order_id, p_transaction_id, p_state, p_reference, p_failure_reason, p_if_match,
                                p_change_id, p_at, p_by, p_by_email, NULL, NULL, true);
      IF r.r_outcome = 'STORED' THEN
        r := NULL;
        r.r_outcome := 'KEY_REUSED';
      END IF;
    END IF;
    IF r.r_outcome IS NOT NULL THEN
      RETURN r;
    END IF;
  END IF;
  <<work>>
  BEGIN
    SELECT c.version, c.updated_at INTO o
      FROM orders c WHERE c.tenant_id = p_tenant AND c.order_id = p_order_id FOR UPDATE;
    IF NOT FOUND THEN
      r.r_outcome := 'NOT_FOUND';
      EXIT work;
    END IF;
    v_named := find_transaction_1(p_tenant, p_transaction_id, NULL, NULL, NULL);
    IF v_named.order_id IS DISTINCT FROM p_order_id THEN
      r.r_outcome := 'ENTRY_NOT_FOUND';
      r.r_entry_id := p_transaction_id;
      EXIT work;
    END IF;
    t := v_named;
    v_is_mismatch := coalesce(t.reference <> p_reference, false);
    r.r_entry_id := t.transaction_id;
    r.r_order_id := p_order_id;
    IF t.reference IS NULL AND p_reference IS NOT NULL THEN
      d := find_transaction_1(p_tenant, NULL, t.provider, p_reference, t.kind);
    END IF;
    IF d.transaction_id IS NOT NULL THEN
      -- Another entry has the reference. The named entry is the duplicate.
      v_is_mismatch := d.order_id <> p_order_id OR d.amount <> t.amount OR coalesce(d.payment <> t.payment, false);
      r.r_entry_id := d.transaction_id;
      r.r_order_id := d.order_id;
      t := d;
      d := v_named;
      -- A settlement to FAILED applies to the entry that has the reference. That entry fails, or the settlement is refused.
      v_to := CASE WHEN p_state = 'FAILED' THEN p_state ELSE state_after_report_1(t, p_state, NULL) END;
    END IF;
    r.r_version := o.version;
    IF NOT v_is_mismatch AND v_to = t.state AND coalesce(d.state = 'FAILED', true)
       AND (t.reference IS NOT NULL OR p_reference IS NULL) THEN
      r.r_outcome := 'STORED';
      r.r_status := 200;
      r.r_answer := transaction_json_1(t);
      EXIT work;
    END IF;
    IF o.version <> ALL (p_if_match) THEN
      r.r_outcome := 'STALE';
      EXIT work;
    END IF;
    IF v_is_mismatch THEN
      r.r_outcome := 'MISMATCH';
      EXIT work;
    END IF;
    r.r_detail := CASE
      -- A FAILED duplicate has no reservation to hand over.
      WHEN d.state = 'FAILED' THEN 'OTHER_REFERENCE'
      WHEN d.transaction_id IS NOT NULL AND p_state <> 'FAILED' THEN NULL
      WHEN v_to = t.state OR t.state = 'PENDING' AND v_to = 'FAILED' THEN NULL
      WHEN v_to = 'SUCCEEDED' AND t.state = 'PENDING' THEN
        CASE WHEN t.reference IS NULL AND p_reference IS NULL THEN 'NO_REFERENCE' END
      WHEN v_to = 'FAILED' AND t.state = 'SUCCEEDED' AND t.kind IN ('CAPTURE', 'SALE', 'REFUND') THEN NULL
      ELSE t.state END;
    IF r.r_detail IS NOT NULL THEN
      r.r_outcome := 'INVALID_TRANSITION';
      EXIT work;
    END IF;
    IF o.version > 2147483645 THEN
      r.r_outcome := 'LIMIT_EXCEEDED';
      r.r_detail := 'VERSION';
      EXIT work;
    END IF;
    v_at := greatest(p_at, o.updated_at);
    -- A failure after a success gets the time of this write, so that a late report of the success does not undo it.
    r := advance_transaction_1(p_tenant, t, d, v_to, p_reference, CASE WHEN t.state = 'SUCCEEDED' THEN v_at END,
                               p_failure_reason, p_change_id, v_at, p_by, p_by_email);
  END work;
  PERFORM end_ledger_write_1(p_tenant, p_key, r);
  RETURN r;
END
$$;

-- Returns the entries of a provider's reference. Each kind has one entry at most.
CREATE FUNCTION find_transactions_1(p_tenant text, p_provider text, p_reference text)
RETURNS TABLE (r_entry text)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  v_id uuid;
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant, true);
  FOR v_id IN SELECT t.transaction_id FROM transactions t
               WHERE t.tenant_id = p_tenant AND t.provider = p_provider AND t.reference = p_reference
               ORDER BY t.created_at, t.transaction_id LOOP
    r_entry := transaction_json_1(find_transaction_1(p_tenant, v_id, NULL, NULL, NULL));
    RETURN NEXT;
  END LOOP;
END
$$;
