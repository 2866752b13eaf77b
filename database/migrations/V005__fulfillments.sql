-- The ledgers of fulfillments, cancellations and returns. write_entry_1 is the only function that writes to them; it locks
-- the order first, as V004 explains.

-- A write to one of these ledgers, and the order as it is under the lock.
CREATE TYPE entry_write_1 AS (
  order_id uuid, entry_id uuid, body json, if_match integer[], change_id uuid, at timestamptz, by_user text, by_email text,
  version integer, status text
);

-- The items of an order: one array for each column, indexed by line number.
CREATE TYPE order_lines_1 AS (
  quantity integer[], total bigint[], cancelled integer[], fulfilled integer[], return_pending integer[],
  returned integer[], credited bigint[]
);

CREATE TYPE fulfillment_row_1 AS (
  fulfillment_id uuid, order_id uuid, status text, items json, reference text, carrier text, tracking_number text,
  tracking_url text, tracking_status text, estimated_delivery_at timestamptz, location text, address json,
  metadata json, created_by text, created_by_email text, created_at timestamptz, updated_at timestamptz
);

CREATE TYPE cancellation_row_1 AS (
  cancellation_id uuid, order_id uuid, items json, reason text, note text, credit bigint, created_by text,
  created_by_email text, created_at timestamptz
);

CREATE TYPE return_row_1 AS (
  return_id uuid, order_id uuid, status text, items json, credit bigint, fee bigint, receipts json, note text,
  created_by text, created_by_email text, created_at timestamptz, updated_at timestamptz
);

-- Returns p_numerator / p_denominator, rounded to an integer, half to even. round() would round half up.
CREATE FUNCTION half_even_1(p_numerator numeric, p_denominator numeric) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE SET search_path = public, pg_temp AS $$
DECLARE
  v_quotient numeric := div(p_numerator, p_denominator);
  v_twice_rest numeric := 2 * mod(p_numerator, p_denominator);
BEGIN
  RETURN CASE WHEN v_twice_rest > p_denominator OR v_twice_rest = p_denominator AND mod(v_quotient, 2) = 1
              THEN v_quotient + 1 ELSE v_quotient END;
END
$$;

-- Returns the credit for one more cancellation or receipt of a line. p_gone is the number of units that are canceled or
-- returned, with the new ones. The credits of a line add up to its total when all units are gone.
CREATE FUNCTION credit_1(p_total bigint, p_quantity integer, p_gone integer, p_credited bigint) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE SET search_path = public, pg_temp AS $$
BEGIN
  RETURN greatest(0, half_even_1(p_total::numeric * p_gone, p_quantity) - p_credited);
END
$$;

-- Returns the JSON of a fulfillment. Members without a value are absent. Times are in UTC, with microseconds (RFC 3339).
CREATE FUNCTION fulfillment_json_1(f fulfillment_row_1) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  v_time text := 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"';
BEGIN
  RETURN json_strip_nulls(json_build_object(
    'id', f.fulfillment_id, 'orderId', f.order_id, 'status', f.status, 'items', f.items, 'reference', f.reference,
    'carrier', f.carrier, 'trackingNumber', f.tracking_number, 'trackingUrl', f.tracking_url,
    'trackingStatus', f.tracking_status, 'estimatedDeliveryAt', to_char(f.estimated_delivery_at AT TIME ZONE 'UTC', v_time),
    'location', f.location, 'address', f.address, 'metadata', f.metadata, 'createdBy', f.created_by,
    'createdByEmail', f.created_by_email, 'createdAt', to_char(f.created_at AT TIME ZONE 'UTC', v_time),
    'updatedAt', to_char(f.updated_at AT TIME ZONE 'UTC', v_time)));
END
$$;

CREATE FUNCTION cancellation_json_1(c cancellation_row_1) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  v_time text := 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"';
BEGIN
  RETURN json_strip_nulls(json_build_object(
    'id', c.cancellation_id, 'orderId', c.order_id, 'items', c.items, 'reason', c.reason, 'note', c.note,
    'credit', c.credit, 'createdBy', c.created_by, 'createdByEmail', c.created_by_email,
    'createdAt', to_char(c.created_at AT TIME ZONE 'UTC', v_time)));
END
$$;

CREATE FUNCTION return_json_1(t return_row_1) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  v_time text := 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"';
BEGIN
  RETURN json_strip_nulls(json_build_object(
    'id', t.return_id, 'orderId', t.order_id, 'status', t.status, 'items', t.items, 'credit', t.credit, 'fee', t.fee,
    'receipts', t.receipts, 'note', t.note, 'createdBy', t.created_by, 'createdByEmail', t.created_by_email,
    'createdAt', to_char(t.created_at AT TIME ZONE 'UTC', v_time),
    'updatedAt', to_char(t.updated_at AT TIME ZONE 'UTC', v_time)));
END
$$;

-- Each of these three functions returns an entry of the order. All fields are NULL if the order has no such entry.
CREATE FUNCTION find_fulfillment_1(p_tenant text, p_order_id uuid, p_fulfillment_id uuid) RETURNS fulfillment_row_1
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  f fulfillment_row_1;
BEGIN
  SELECT c.fulfillment_id, c.order_id, c.status, c.items, c.reference, c.carrier, c.tracking_number, c.tracking_url,
         c.tracking_status, c.estimated_delivery_at, c.location, c.address, c.metadata, c.created_by,
         c.created_by_email, c.created_at, c.updated_at INTO f
    FROM fulfillments c
   WHERE c.tenant_id = p_tenant AND c.fulfillment_id = p_fulfillment_id AND c.order_id = p_order_id;
  RETURN f;
END
$$;

CREATE FUNCTION find_cancellation_1(p_tenant text, p_order_id uuid, p_cancellation_id uuid) RETURNS cancellation_row_1
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  c cancellation_row_1;
BEGIN
  SELECT f.cancellation_id, f.order_id, f.items, f.reason, f.note, f.credit, f.created_by, f.created_by_email,
         f.created_at INTO c
    FROM cancellations f
   WHERE f.tenant_id = p_tenant AND f.cancellation_id = p_cancellation_id AND f.order_id = p_order_id;
  RETURN c;
END
$$;

CREATE FUNCTION find_return_1(p_tenant text, p_order_id uuid, p_return_id uuid) RETURNS return_row_1
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  t return_row_1;
BEGIN
  SELECT f.return_id, f.order_id, f.status, f.items, f.credit, f.fee, f.receipts, f.note, f.created_by,
         f.created_by_email, f.created_at, f.updated_at INTO t
    FROM returns f WHERE f.tenant_id = p_tenant AND f.return_id = p_return_id AND f.order_id = p_order_id;
  RETURN t;
END
$$;

-- Returns the JSON of an entry of any ledger; NULL if the order has no such entry. p_collection is the last segment of the
-- ledger's path.
CREATE FUNCTION entry_json_1(p_tenant text, p_collection text, p_order_id uuid, p_entry_id uuid) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  f fulfillment_row_1;
  c cancellation_row_1;
  t return_row_1;
  m transaction_row_1;
BEGIN
  IF p_collection = 'fulfillments' THEN
    f := find_fulfillment_1(p_tenant, p_order_id, p_entry_id);
    RETURN CASE WHEN f.order_id = p_order_id THEN fulfillment_json_1(f) END;
  ELSIF p_collection = 'cancellations' THEN
    c := find_cancellation_1(p_tenant, p_order_id, p_entry_id);
    RETURN CASE WHEN c.order_id = p_order_id THEN cancellation_json_1(c) END;
  ELSIF p_collection = 'returns' THEN
    t := find_return_1(p_tenant, p_order_id, p_entry_id);
    RETURN CASE WHEN t.order_id = p_order_id THEN return_json_1(t) END;
  END IF;
  m := find_transaction_1(p_tenant, p_entry_id, NULL, NULL, NULL);
  RETURN CASE WHEN m.order_id = p_order_id THEN transaction_json_1(m) END;
END
$$;

CREATE FUNCTION read_lines_1(p_tenant text, p_order_id uuid) RETURNS order_lines_1
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  l order_lines_1;
BEGIN
  SELECT array_agg(i.quantity), array_agg(i.total), array_agg(i.cancelled), array_agg(i.fulfilled),
         array_agg(i.return_pending), array_agg(i.returned), array_agg(i.credited) INTO l
    FROM (SELECT f.quantity, f.total, f.cancelled, f.fulfilled, f.return_pending, f.returned, f.credited
            FROM order_items f WHERE f.tenant_id = p_tenant AND f.order_id = p_order_id ORDER BY f.line_number) i;
  RETURN l;
END
$$;

-- Compares the items of a request with the units that are available, by line number. r_lines and r_units are the line
-- numbers and quantities. r_unknown has the positions of the items whose line does not exist, from 0. r_exceeded has the
-- lines with too many units. Both are NULL if there are none.
CREATE FUNCTION check_items_1(p_items json, p_available integer[], OUT r_lines integer[], OUT r_units integer[],
                              OUT r_unknown json, OUT r_exceeded json)
LANGUAGE plpgsql IMMUTABLE SET search_path = public, pg_temp AS $$
BEGIN
  SELECT array_agg(i.line), array_agg(i.units),
         json_agg(i.number - 1) FILTER (WHERE p_available[i.line] IS NULL),
         json_agg(json_build_object('lineNumber', i.line, 'requested', i.units, 'available', p_available[i.line]))
           FILTER (WHERE i.units > p_available[i.line])
    INTO r_lines, r_units, r_unknown, r_exceeded
    FROM ROWS FROM (json_to_recordset(p_items) AS ("lineNumber" integer, quantity integer))
           WITH ORDINALITY AS i(line, units, number);
END
$$;

-- Applies a write to the order after its entry is stored: stores the changed lines, derives the sums, raises the order's
-- version and records the event. p_before and p_after are the lines; both are NULL if no units move. p_live, p_delivered
-- and p_credits are the changes of those sums. p_member is the name of the entry in the event.
CREATE FUNCTION apply_entry_1(p_tenant text, w entry_write_1, p_before order_lines_1, p_after order_lines_1,
                              p_live integer, p_delivered integer, p_credits bigint, p_type text, p_member text,
                              p_entry_id uuid, p_answer text)
RETURNS ledger_outcome_1
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  r ledger_outcome_1;
  o record;
  l record;
  v_payment text;
  v_status text;
  v_bytes integer := 0;
BEGIN
  SELECT c.external_ref, c.currency, c.grand_total, c.payment, c.credits, c.allowances, c.authorized_total, c.captures,
         c.capture_pending, c.sales, c.sale_pending, c.voided, c.void_pending, c.refunded, c.refund_pending,
         c.chargebacks, c.chargeback_reversals, c.units, c.units_cancelled, c.units_fulfilled, c.units_returned,
         c.fulfillments_live, c.fulfillments_delivered, c.fulfillment_status INTO o
    FROM orders c WHERE c.tenant_id = p_tenant AND c.order_id = w.order_id;
  IF p_after IS NOT NULL THEN
    -- One UPDATE for each line, because Citus crashes if an UPDATE indexes an array by a column.
    FOR l IN SELECT a.line, a.cancelled, a.fulfilled, a.return_pending, a.returned, a.credited
               FROM unnest(p_after.cancelled, p_after.fulfilled, p_after.return_pending, p_after.returned, p_after.credited,
                           p_before.cancelled, p_before.fulfilled, p_before.return_pending, p_before.returned)
                      WITH ORDINALITY AS a(cancelled, fulfilled, return_pending, returned, credited, cancelled_before,
                                           fulfilled_before, return_pending_before, returned_before, line)
              WHERE a.cancelled <> a.cancelled_before OR a.fulfilled <> a.fulfilled_before
                 OR a.return_pending <> a.return_pending_before OR a.returned <> a.returned_before LOOP
      UPDATE order_items i
         SET cancelled = l.cancelled, fulfilled = l.fulfilled, return_pending = l.return_pending, returned = l.returned,
             credited = l.credited
       WHERE i.tenant_id = p_tenant AND i.order_id = w.order_id AND i.line_number = l.line;
    END LOOP;
    -- The members of an item have 13, 13 and 12 bytes, and the digits. An order with fulfilled units does not allow the
    -- action cancel, which has 9 bytes.
    SELECT sum(a.quantity), sum(a.cancelled), sum(a.fulfilled), sum(a.returned),
           sum(coalesce(13 + length(nullif(a.cancelled, 0)::text), 0) + coalesce(13 + length(nullif(a.fulfilled, 0)::text), 0)
               + coalesce(12 + length(nullif(a.returned, 0)::text), 0)
               - coalesce(13 + length(nullif(a.cancelled_before, 0)::text), 0)
               - coalesce(13 + length(nullif(a.fulfilled_before, 0)::text), 0)
               - coalesce(12 + length(nullif(a.returned_before, 0)::text), 0))
             + 9 * ((sum(a.fulfilled) = 0)::integer - (sum(a.fulfilled_before) = 0)::integer)
      INTO o.units, o.units_cancelled, o.units_fulfilled, o.units_returned, v_bytes
      FROM unnest(p_after.quantity, p_after.cancelled, p_after.fulfilled, p_after.returned, p_before.cancelled,
                  p_before.fulfilled, p_before.returned)
             AS a(quantity, cancelled, fulfilled, returned, cancelled_before, fulfilled_before, returned_before);
  END IF;
  v_payment := CASE WHEN p_credits = 0 THEN o.payment ELSE payment_1(
    w.status, o.grand_total, o.credits + p_credits, o.allowances, o.authorized_total, o.captures, o.capture_pending, o.sales,
    o.sale_pending, o.voided, o.void_pending, o.refunded, o.refund_pending, o.chargebacks, o.chargeback_reversals) END;
  v_status := fulfillment_status_1(w.status, o.units, o.units_cancelled, o.units_fulfilled, o.units_returned,
                                   o.fulfillments_live + p_live, o.fulfillments_delivered + p_delivered);
  UPDATE orders c
     SET version = w.version + 1, updated_at = w.at, credits = c.credits + p_credits, payment = v_payment,
         payment_status = split_part(v_payment, '"', 4), units = o.units, units_cancelled = o.units_cancelled,
         units_fulfilled = o.units_fulfilled, units_returned = o.units_returned,
         fulfillments_live = c.fulfillments_live + p_live,
         fulfillments_delivered = c.fulfillments_delivered + p_delivered, fulfillment_status = v_status,
         document_bytes = c.document_bytes + v_bytes + octet_length(v_payment) - octet_length(o.payment)
                          + octet_length(v_status) - octet_length(o.fulfillment_status)
                          + length((c.version + 1)::text) - length(c.version::text)
   WHERE c.tenant_id = p_tenant AND c.order_id = w.order_id;
  PERFORM record_event_1(p_tenant, w.order_id, w.version + 1, w.change_id, p_type, w.at, w.by_user, w.by_email,
                         ('{"' || p_member || '":' || p_answer || '}')::json, ('["' || p_member || '"]')::json,
                         o.external_ref, w.status, split_part(v_payment, '"', 4), v_status, o.currency, o.grand_total);
  r.r_outcome := 'STORED';
  r.r_status := 200;
  r.r_entry_id := p_entry_id;
  r.r_version := w.version + 1;
  r.r_answer := p_answer;
  RETURN r;
END
$$;

-- Returns the refusal of a write that the order's version or status forbids, or that exceeds a limit. p_unknown has the
-- positions of unknown lines in the request. p_statuses are the statuses of the order that allow the write; p_entries is
-- the number of entries of the ledger, and p_limit is its limit. r_outcome is NULL if the write is allowed.
CREATE FUNCTION refuse_entry_1(w entry_write_1, p_unknown json, p_statuses text[], p_entries bigint, p_limit integer,
                               p_limit_name text)
RETURNS ledger_outcome_1
LANGUAGE plpgsql IMMUTABLE SET search_path = public, pg_temp AS $$
DECLARE
  r ledger_outcome_1;
BEGIN
  IF p_unknown IS NOT NULL THEN
    r.r_outcome := 'UNKNOWN_LINE';
    r.r_lines := p_unknown;
  ELSIF w.version <> ALL (w.if_match) THEN
    r.r_outcome := 'STALE';
  ELSIF w.status <> ALL (p_statuses) THEN
    r.r_outcome := 'ORDER_STATUS';
    r.r_detail := w.status;
  ELSIF w.version > 2147483645 THEN
    r.r_outcome := 'LIMIT_EXCEEDED';
    r.r_detail := 'VERSION';
  ELSIF p_entries >= p_limit THEN
    r.r_outcome := 'LIMIT_EXCEEDED';
    r.r_detail := p_limit_name;
  END IF;
  RETURN r;
END
$$;

-- Fulfills units of a confirmed order: the items of the request, or everything that is open. A live fulfillment with the
-- same reference either is the same request, or contradicts it.
CREATE FUNCTION create_fulfillment_1(p_tenant text, w entry_write_1) RETURNS ledger_outcome_1
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  r ledger_outcome_1;
  n record;
  e record;
  k record;
  f fulfillment_row_1;
  v_before order_lines_1 := read_lines_1(p_tenant, w.order_id);
  v_after order_lines_1 := v_before;
  v_open integer[];
  v_hash bytea;
BEGIN
  SELECT * INTO n
    FROM json_to_record(w.body) AS j(items json, reference text, carrier text, "trackingNumber" text, "trackingUrl" text,
           "trackingStatus" text, "estimatedDeliveryAt" timestamptz, location text, address json, metadata json);
  SELECT array_agg(l.quantity - l.cancelled - l.fulfilled) INTO v_open
    FROM unnest(v_before.quantity, v_before.cancelled, v_before.fulfilled) AS l(quantity, cancelled, fulfilled);
  IF n.items IS NULL THEN
    SELECT json_strip_nulls(json_agg(json_build_object('lineNumber', l.line, 'quantity', l.units))) INTO n.items
      FROM unnest(v_open) WITH ORDINALITY AS l(units, line) WHERE l.units > 0;
  END IF;
  SELECT c.r_lines, c.r_units, c.r_unknown, c.r_exceeded INTO k FROM check_items_1(n.items, v_open) c;
  IF n.reference IS NOT NULL AND k.r_unknown IS NULL THEN
    -- jsonb sorts the members, so their order in the request does not matter.
    v_hash := sha256(convert_to(w.body::jsonb::text, 'UTF8'));
    SELECT c.fulfillment_id, c.order_id, c.request_hash INTO e FROM fulfillments c
     WHERE c.tenant_id = p_tenant AND c.reference = n.reference AND c.status <> 'CANCELLED';
    IF FOUND THEN
      r.r_order_id := e.order_id;
      r.r_entry_id := e.fulfillment_id;
      -- The hash is removed with the personal data of the customer. Then the order and the reference decide.
      IF e.order_id = w.order_id AND coalesce(e.request_hash = v_hash, true) THEN
        r.r_outcome := 'STORED';
        -- The same write, sent again after a lost connection, has made this entry.
        r.r_status := CASE WHEN e.fulfillment_id = w.entry_id THEN 201 ELSE 200 END;
      ELSE
        r.r_outcome := CASE WHEN w.version <> ALL (w.if_match) THEN 'STALE' ELSE 'MISMATCH' END;
      END IF;
      RETURN r;
    END IF;
  END IF;
  r := refuse_entry_1(w, k.r_unknown, ARRAY['CONFIRMED'],
    (SELECT count(*) FROM fulfillments c WHERE c.tenant_id = p_tenant AND c.order_id = w.order_id), 200, 'FULFILLMENTS');
  IF r.r_outcome IS NOT NULL THEN
    RETURN r;
  END IF;
  IF n.items IS NULL THEN
    -- Nothing is open.
    SELECT json_agg(json_build_object('lineNumber', l.line, 'requested', l.quantity, 'available', 0)) INTO k.r_exceeded
      FROM unnest(v_before.quantity) WITH ORDINALITY AS l(quantity, line);
  END IF;
  IF k.r_exceeded IS NOT NULL THEN
    r.r_outcome := 'QUANTITY_EXCEEDED';
    r.r_lines := k.r_exceeded;
    RETURN r;
  END IF;
  INSERT INTO fulfillments (tenant_id, fulfillment_id, order_id, seq, status, items, reference, request_hash, carrier,
                            tracking_number, tracking_url, tracking_status, estimated_delivery_at, location, address,
                            metadata, created_by, created_by_email, created_at, updated_at)
  VALUES (p_tenant, w.entry_id, w.order_id, w.version + 1, 'SHIPPED', n.items, n.reference, v_hash, n.carrier,
          n."trackingNumber", n."trackingUrl", n."trackingStatus", n."estimatedDeliveryAt", n.location, n.address,
          n.metadata, w.by_user, w.by_email, w.at, w.at)
  ON CONFLICT DO NOTHING
  RETURNING fulfillment_id, order_id, status, items, reference, carrier, tracking_number, tracking_url, tracking_status,
            estimated_delivery_at, location, address, metadata, created_by, created_by_email, created_at, updated_at
       INTO f;
  IF NOT FOUND THEN
    -- Another order has taken the reference since the look-up above; or this write is sent again.
    SELECT c.order_id, c.fulfillment_id INTO r.r_order_id, r.r_entry_id FROM fulfillments c
     WHERE c.tenant_id = p_tenant AND c.reference = n.reference AND c.status <> 'CANCELLED';
    r.r_outcome := CASE WHEN FOUND THEN 'MISMATCH' ELSE 'CONFLICT' END;
    RETURN r;
  END IF;
  FOR i IN 1..cardinality(k.r_lines) LOOP
    v_after.fulfilled[k.r_lines[i]] := v_after.fulfilled[k.r_lines[i]] + k.r_units[i];
  END LOOP;
  r := apply_entry_1(p_tenant, w, v_before, v_after, 1, 0, 0, 'FULFILLMENT_CREATED', 'fulfillment', f.fulfillment_id,
                     fulfillment_json_1(f));
  r.r_status := 201;
  RETURN r;
END
$$;

-- Replaces the tracking data of a fulfillment.
CREATE FUNCTION update_fulfillment_1(p_tenant text, w entry_write_1) RETURNS ledger_outcome_1
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  r ledger_outcome_1;
  n record;
  f fulfillment_row_1 := find_fulfillment_1(p_tenant, w.order_id, w.entry_id);
BEGIN
  IF f.order_id IS NULL THEN
    r.r_outcome := 'ENTRY_NOT_FOUND';
    RETURN r;
  END IF;
  SELECT * INTO n
    FROM json_to_record(w.body) AS j(carrier text, "trackingNumber" text, "trackingUrl" text, "trackingStatus" text,
           "estimatedDeliveryAt" timestamptz, location text, metadata json);
  -- A stale write must not be taken for one that changes nothing.
  IF w.version <> ALL (w.if_match) THEN
    r.r_outcome := 'STALE';
    RETURN r;
  END IF;
  IF (f.carrier, f.tracking_number, f.tracking_url, f.tracking_status, f.estimated_delivery_at, f.location, f.metadata::text)
     IS NOT DISTINCT FROM (n.carrier, n."trackingNumber", n."trackingUrl", n."trackingStatus", n."estimatedDeliveryAt",
                           n.location, n.metadata::text) THEN
    r.r_outcome := 'STORED';
    RETURN r;
  END IF;
  r := refuse_entry_1(w, NULL, ARRAY[w.status], 0, 1, NULL);
  IF r.r_outcome IS NOT NULL THEN
    RETURN r;
  END IF;
  f.carrier := n.carrier;
  f.tracking_number := n."trackingNumber";
  f.tracking_url := n."trackingUrl";
  f.tracking_status := n."trackingStatus";
  f.estimated_delivery_at := n."estimatedDeliveryAt";
  f.location := n.location;
  f.metadata := n.metadata;
  f.updated_at := w.at;
  UPDATE fulfillments c
     SET carrier = f.carrier, tracking_number = f.tracking_number, tracking_url = f.tracking_url,
         tracking_status = f.tracking_status, estimated_delivery_at = f.estimated_delivery_at, location = f.location,
         metadata = f.metadata, updated_at = f.updated_at
   WHERE c.tenant_id = p_tenant AND c.fulfillment_id = f.fulfillment_id;
  RETURN apply_entry_1(p_tenant, w, NULL, NULL, 0, 0, 0, 'FULFILLMENT_UPDATED', 'fulfillment', f.fulfillment_id,
                       fulfillment_json_1(f));
END
$$;

CREATE FUNCTION deliver_fulfillment_1(p_tenant text, w entry_write_1) RETURNS ledger_outcome_1
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  r ledger_outcome_1;
  f fulfillment_row_1 := find_fulfillment_1(p_tenant, w.order_id, w.entry_id);
BEGIN
  IF f.order_id IS NULL THEN
    r.r_outcome := 'ENTRY_NOT_FOUND';
    RETURN r;
  END IF;
  r := refuse_entry_1(w, NULL, ARRAY[w.status], 0, 1, NULL);
  IF coalesce(r.r_outcome, 'LIMIT_EXCEEDED') = 'LIMIT_EXCEEDED' AND f.status <> 'SHIPPED' THEN
    r.r_outcome := 'ENTRY_STATUS';
    r.r_detail := f.status;
  END IF;
  IF r.r_outcome IS NOT NULL THEN
    RETURN r;
  END IF;
  f.status := 'DELIVERED';
  f.updated_at := w.at;
  UPDATE fulfillments c SET status = f.status, updated_at = f.updated_at
   WHERE c.tenant_id = p_tenant AND c.fulfillment_id = f.fulfillment_id;
  RETURN apply_entry_1(p_tenant, w, NULL, NULL, 0, 1, 0, 'FULFILLMENT_DELIVERED', 'fulfillment', f.fulfillment_id,
                       fulfillment_json_1(f));
END
$$;

-- Cancels a fulfillment. Its units are open again, and its reference is free.
CREATE FUNCTION cancel_fulfillment_1(p_tenant text, w entry_write_1) RETURNS ledger_outcome_1
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  r ledger_outcome_1;
  k record;
  f fulfillment_row_1 := find_fulfillment_1(p_tenant, w.order_id, w.entry_id);
  v_before order_lines_1 := read_lines_1(p_tenant, w.order_id);
  v_after order_lines_1 := v_before;
  v_free integer[];
BEGIN
  IF f.order_id IS NULL THEN
    r.r_outcome := 'ENTRY_NOT_FOUND';
    RETURN r;
  END IF;
  SELECT array_agg(l.fulfilled - l.returned - l.return_pending) INTO v_free
    FROM unnest(v_before.fulfilled, v_before.returned, v_before.return_pending) AS l(fulfilled, returned, return_pending);
  SELECT c.r_lines, c.r_units, c.r_exceeded INTO k FROM check_items_1(f.items, v_free) c;
  r := refuse_entry_1(w, NULL, ARRAY['CONFIRMED'], 0, 1, NULL);
  IF coalesce(r.r_outcome, 'LIMIT_EXCEEDED') = 'LIMIT_EXCEEDED' THEN
    IF f.status <> 'SHIPPED' THEN
      r.r_outcome := 'ENTRY_STATUS';
      r.r_detail := f.status;
    ELSIF k.r_exceeded IS NOT NULL THEN
      r.r_outcome := 'UNITS_RETURNED';
      r.r_detail := f.status;
    END IF;
  END IF;
  IF r.r_outcome IS NOT NULL THEN
    RETURN r;
  END IF;
  f.status := 'CANCELLED';
  f.updated_at := w.at;
  UPDATE fulfillments c SET status = f.status, updated_at = f.updated_at
   WHERE c.tenant_id = p_tenant AND c.fulfillment_id = f.fulfillment_id;
  FOR i IN 1..cardinality(k.r_lines) LOOP
    v_after.fulfilled[k.r_lines[i]] := v_after.fulfilled[k.r_lines[i]] - k.r_units[i];
  END LOOP;
  RETURN apply_entry_1(p_tenant, w, v_before, v_after, -1, 0, 0, 'FULFILLMENT_CANCELLED', 'fulfillment',
                       f.fulfillment_id, fulfillment_json_1(f));
END
$$;

-- Cancels open units of a confirmed order, and credits them.
CREATE FUNCTION cancel_items_1(p_tenant text, w entry_write_1) RETURNS ledger_outcome_1
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  r ledger_outcome_1;
  n record;
  k record;
  c cancellation_row_1;
  v_before order_lines_1 := read_lines_1(p_tenant, w.order_id);
  v_after order_lines_1 := v_before;
  v_open integer[];
  v_line integer;
  v_credit bigint;
  v_credits bigint[];
BEGIN
  SELECT * INTO n FROM json_to_record(w.body) AS j(items json, reason text, note text);
  SELECT array_agg(l.quantity - l.cancelled - l.fulfilled) INTO v_open
    FROM unnest(v_before.quantity, v_before.cancelled, v_before.fulfilled) AS l(quantity, cancelled, fulfilled);
  SELECT f.r_lines, f.r_units, f.r_unknown, f.r_exceeded INTO k FROM check_items_1(n.items, v_open) f;
  r := refuse_entry_1(w, k.r_unknown, ARRAY['CONFIRMED'],
    (SELECT count(*) FROM cancellations f WHERE f.tenant_id = p_tenant AND f.order_id = w.order_id), 200, 'CANCELLATIONS');
  IF r.r_outcome IS NULL AND k.r_exceeded IS NOT NULL THEN
    r.r_outcome := 'QUANTITY_EXCEEDED';
    r.r_lines := k.r_exceeded;
  END IF;
  IF r.r_outcome IS NOT NULL THEN
    RETURN r;
  END IF;
  FOR i IN 1..cardinality(k.r_lines) LOOP
    v_line := k.r_lines[i];
    v_after.cancelled[v_line] := v_after.cancelled[v_line] + k.r_units[i];
    v_credit := credit_1(v_after.total[v_line], v_after.quantity[v_line],
                         v_after.cancelled[v_line] + v_after.returned[v_line], v_after.credited[v_line]);
    v_after.credited[v_line] := v_after.credited[v_line] + v_credit;
    v_credits[i] := v_credit;
  END LOOP;
  SELECT json_strip_nulls(json_agg(json_build_object('lineNumber', i.line, 'quantity', i.units, 'credit', i.credit))),
         sum(i.credit) INTO n.items, v_credit
    FROM unnest(k.r_lines, k.r_units, v_credits) AS i(line, units, credit);
  INSERT INTO cancellations (tenant_id, cancellation_id, order_id, seq, items, reason, note, credit, created_by,
                             created_by_email, created_at)
  VALUES (p_tenant, w.entry_id, w.order_id, w.version + 1, n.items, n.reason, n.note, v_credit, w.by_user, w.by_email, w.at)
  ON CONFLICT DO NOTHING
  RETURNING cancellation_id, order_id, items, reason, note, credit, created_by, created_by_email, created_at INTO c;
  IF NOT FOUND THEN
    r.r_outcome := 'CONFLICT';
    RETURN r;
  END IF;
  r := apply_entry_1(p_tenant, w, v_before, v_after, 0, 0, v_credit, 'ITEMS_CANCELLED', 'cancellation',
                     c.cancellation_id, cancellation_json_1(c));
  r.r_status := 201;
  RETURN r;
END
$$;

-- Records fulfilled units that the customer wants to send back.
CREATE FUNCTION create_return_1(p_tenant text, w entry_write_1) RETURNS ledger_outcome_1
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  r ledger_outcome_1;
  n record;
  k record;
  t return_row_1;
  v_before order_lines_1 := read_lines_1(p_tenant, w.order_id);
  v_after order_lines_1 := v_before;
  v_free integer[];
BEGIN
  SELECT * INTO n FROM json_to_record(w.body) AS j(items json, note text);
  SELECT array_agg(l.fulfilled - l.returned - l.return_pending) INTO v_free
    FROM unnest(v_before.fulfilled, v_before.returned, v_before.return_pending) AS l(fulfilled, returned, return_pending);
  SELECT c.r_lines, c.r_units, c.r_unknown, c.r_exceeded INTO k FROM check_items_1(n.items, v_free) c;
  r := refuse_entry_1(w, k.r_unknown, ARRAY['CONFIRMED', 'COMPLETED'],
    (SELECT count(*) FROM returns c WHERE c.tenant_id = p_tenant AND c.order_id = w.order_id), 100, 'RETURNS');
  IF r.r_outcome IS NULL AND k.r_exceeded IS NOT NULL THEN
    r.r_outcome := 'QUANTITY_EXCEEDED';
    r.r_lines := k.r_exceeded;
  END IF;
  IF r.r_outcome IS NOT NULL THEN
    RETURN r;
  END IF;
  SELECT json_strip_nulls(json_agg(json_build_object('lineNumber', i.line, 'requested', i.units, 'received', 0,
                                                     'credit', 0, 'fee', 0, 'reason', i.reason)))
    INTO n.items
    FROM ROWS FROM (json_to_recordset(n.items) AS ("lineNumber" integer, quantity integer, reason text))
           AS i(line, units, reason);
  INSERT INTO returns (tenant_id, return_id, order_id, seq, status, items, note, created_by, created_by_email,
                       created_at, updated_at)
  VALUES (p_tenant, w.entry_id, w.order_id, w.version + 1, 'REQUESTED', n.items, n.note, w.by_user, w.by_email, w.at, w.at)
  ON CONFLICT DO NOTHING
  RETURNING return_id, order_id, status, items, credit, fee, receipts, note, created_by, created_by_email, created_at,
            updated_at INTO t;
  IF NOT FOUND THEN
    r.r_outcome := 'CONFLICT';
    RETURN r;
  END IF;
  FOR i IN 1..cardinality(k.r_lines) LOOP
    v_after.return_pending[k.r_lines[i]] := v_after.return_pending[k.r_lines[i]] + k.r_units[i];
  END LOOP;
  r := apply_entry_1(p_tenant, w, v_before, v_after, 0, 0, 0, 'RETURN_CREATED', 'return', t.return_id, return_json_1(t));
  r.r_status := 201;
  RETURN r;
END
$$;

-- Records the arrival of units of a return, and credits them. The receipt's id is the id of the write.
CREATE FUNCTION receive_return_1(p_tenant text, w entry_write_1) RETURNS ledger_outcome_1
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  r ledger_outcome_1;
  k record;
  i record;
  t return_row_1 := find_return_1(p_tenant, w.order_id, w.entry_id);
  v_before order_lines_1 := read_lines_1(p_tenant, w.order_id);
  v_after order_lines_1 := v_before;
  v_items json := w.body->'items';
  v_pending integer[];
  -- The units, credits and fees of this receipt, by line number.
  v_units integer[];
  v_credits bigint[];
  v_fees bigint[];
  v_receipt_items json;
  v_receipt json;
  v_credit bigint;
  v_fee bigint;
BEGIN
  IF t.order_id IS NULL THEN
    r.r_outcome := 'ENTRY_NOT_FOUND';
    RETURN r;
  END IF;
  IF strpos(t.receipts::text, w.change_id::text) > 0 THEN
    -- The same write, sent again after a lost connection.
    r.r_outcome := 'STORED';
    RETURN r;
  END IF;
  FOR i IN SELECT j."lineNumber" AS line, j.requested, j.received
             FROM json_to_recordset(t.items) AS j("lineNumber" integer, requested integer, received integer) LOOP
    v_pending[i.line] := i.requested - i.received;
  END LOOP;
  SELECT c.r_unknown, c.r_exceeded INTO k FROM check_items_1(v_items, v_pending) c;
  -- Each receipt stores the whole return again in its event, so the size of the receipts has a limit too: 256 KiB.
  r := refuse_entry_1(w, k.r_unknown, ARRAY[w.status],
    CASE WHEN octet_length(t.receipts::text) > 262144 THEN 100 ELSE json_array_length(t.receipts) END, 100, 'RECEIPTS');
  IF coalesce(r.r_outcome, 'LIMIT_EXCEEDED') = 'LIMIT_EXCEEDED' AND t.status NOT IN ('REQUESTED', 'PARTIALLY_RECEIVED') THEN
    r.r_outcome := 'ENTRY_STATUS';
    r.r_detail := t.status;
  ELSIF r.r_outcome IS NULL AND k.r_exceeded IS NOT NULL THEN
    r.r_outcome := 'QUANTITY_EXCEEDED';
    r.r_lines := k.r_exceeded;
  END IF;
  IF r.r_outcome IS NOT NULL THEN
    RETURN r;
  END IF;
  FOR i IN SELECT j."lineNumber" AS line, j.quantity, coalesce(j.fee, 0) AS fee
             FROM json_to_recordset(v_items) AS j("lineNumber" integer, quantity integer, fee bigint) LOOP
    v_after.return_pending[i.line] := v_after.return_pending[i.line] - i.quantity;
    v_after.returned[i.line] := v_after.returned[i.line] + i.quantity;
    v_credit := credit_1(v_after.total[i.line], v_after.quantity[i.line],
                         v_after.cancelled[i.line] + v_after.returned[i.line], v_after.credited[i.line]);
    IF i.fee > v_credit THEN
      r.r_outcome := 'AMOUNT_EXCEEDED';
      r.r_available := v_credit;
      r.r_detail := i.line;
      RETURN r;
    END IF;
    v_after.credited[i.line] := v_after.credited[i.line] + v_credit;
    v_units[i.line] := i.quantity;
    v_credits[i.line] := v_credit;
    v_fees[i.line] := i.fee;
  END LOOP;
  SELECT json_agg(json_build_object('lineNumber', j.line, 'quantity', j.quantity, 'disposition', j.disposition,
                                    'credit', v_credits[j.line], 'fee', v_fees[j.line])),
         sum(v_credits[j.line]), sum(v_fees[j.line])
    INTO v_receipt_items, v_credit, v_fee
    FROM ROWS FROM (json_to_recordset(v_items) AS ("lineNumber" integer, quantity integer, disposition text))
           AS j(line, quantity, disposition);
  v_receipt := json_strip_nulls(json_build_object(
    'id', w.change_id, 'items', v_receipt_items, 'createdBy', w.by_user, 'createdByEmail', w.by_email,
    'createdAt', to_char(w.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')));
  SELECT json_strip_nulls(json_agg(json_build_object(
           'lineNumber', j.line, 'requested', j.requested, 'received', j.received + coalesce(v_units[j.line], 0),
           'credit', j.credit + coalesce(v_credits[j.line], 0), 'fee', j.fee + coalesce(v_fees[j.line], 0),
           'reason', j.reason))),
         CASE WHEN bool_and(j.received + coalesce(v_units[j.line], 0) = j.requested) THEN 'RECEIVED'
              ELSE 'PARTIALLY_RECEIVED' END
    INTO t.items, t.status
    FROM ROWS FROM (json_to_recordset(t.items) AS ("lineNumber" integer, requested integer, received integer,
           credit bigint, fee bigint, reason text)) AS j(line, requested, received, credit, fee, reason);
  t.receipts := CASE t.receipts::text WHEN '[]' THEN '[' ELSE left(t.receipts::text, -1) || ',' END || v_receipt || ']';
  t.credit := t.credit + v_credit;
  t.fee := t.fee + v_fee;
  t.updated_at := w.at;
  UPDATE returns c
     SET status = t.status, items = t.items, receipts = t.receipts, credit = t.credit, fee = t.fee,
         updated_at = t.updated_at
   WHERE c.tenant_id = p_tenant AND c.return_id = t.return_id;
  RETURN apply_entry_1(p_tenant, w, v_before, v_after, 0, 0, v_credit - v_fee, 'RETURN_RECEIVED', 'return', t.return_id,
                       return_json_1(t));
END
$$;

-- Ends a return: p_to is CLOSED, or CANCELLED if nothing has arrived. The customer may return what has not arrived with
-- another return.
CREATE FUNCTION end_return_1(p_tenant text, w entry_write_1, p_to text) RETURNS ledger_outcome_1
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  r ledger_outcome_1;
  i record;
  t return_row_1 := find_return_1(p_tenant, w.order_id, w.entry_id);
  v_before order_lines_1 := read_lines_1(p_tenant, w.order_id);
  v_after order_lines_1 := v_before;
BEGIN
  IF t.order_id IS NULL THEN
    r.r_outcome := 'ENTRY_NOT_FOUND';
    RETURN r;
  END IF;
  r := refuse_entry_1(w, NULL, ARRAY[w.status], 0, 1, NULL);
  IF coalesce(r.r_outcome, 'LIMIT_EXCEEDED') = 'LIMIT_EXCEEDED'
     AND (t.status IN ('CLOSED', 'CANCELLED') OR p_to = 'CANCELLED' AND t.status <> 'REQUESTED') THEN
    r.r_outcome := 'ENTRY_STATUS';
    r.r_detail := t.status;
  END IF;
  IF r.r_outcome IS NOT NULL THEN
    RETURN r;
  END IF;
  FOR i IN SELECT j."lineNumber" AS line, j.requested - j.received AS units
             FROM json_to_recordset(t.items) AS j("lineNumber" integer, requested integer, received integer) LOOP
    v_after.return_pending[i.line] := v_after.return_pending[i.line] - i.units;
  END LOOP;
  t.status := p_to;
  t.updated_at := w.at;
  UPDATE returns c SET status = t.status, updated_at = t.updated_at
   WHERE c.tenant_id = p_tenant AND c.return_id = t.return_id;
  RETURN apply_entry_1(p_tenant, w, v_before, v_after, 0, 0, 0, 'RETURN_' || p_to, 'return', t.return_id,
                       return_json_1(t));
END
$$;

-- Writes to the ledger p_collection. p_action is create, or the action on the entry p_entry_id. p_body is the validated body
-- of the request. A write that changes nothing is STORED, and makes no version and no event.
CREATE FUNCTION write_entry_1(p_tenant text, p_order_id uuid, p_entry_id uuid, p_collection text, p_action text,
                              p_body json, p_if_match integer[], p_change_id uuid, p_at timestamptz, p_by text,
                              p_by_email text, p_key text, p_fingerprint text, p_dry_run boolean)
RETURNS ledger_outcome_1
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  r ledger_outcome_1;
  w entry_write_1;
BEGIN
  IF p_dry_run THEN
    BEGIN
      r := write_entry_1(p_tenant, p_order_id, p_entry_id, p_collection, p_action, p_body, p_if_match, p_change_id, p_at,
                         p_by, p_by_email, NULL, NULL, false);
      PERFORM undo_dry_run_1();
    EXCEPTION WHEN SQLSTATE 'ORD01' THEN
      RETURN r;
    END;
  END IF;
  PERFORM set_config('app.tenant_id', p_tenant, true), set_config('lock_timeout', '3s', true);
  IF p_key IS NOT NULL THEN
    SELECT c.r_outcome, c.r_status, c.r_order_id, c.r_entry_id, c.r_version, NULL, NULL, c.r_answer, NULL INTO r
      FROM claim_key_1(p_tenant, p_key, p_fingerprint, p_change_id, p_order_id, NULL, NULL, NULL) c;
    IF r.r_outcome = 'KEY_REUSED' THEN
      -- The other refusals of this request come first.
      r := write_entry_1(p_tenant, p_order_id, p_entry_id, p_collection, p_action, p_body, p_if_match, p_change_id, p_at,
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
  SELECT p_order_id, p_entry_id, p_body, p_if_match, p_change_id, greatest(p_at, c.updated_at), p_by, p_by_email,
         c.version, c.status INTO w
    FROM orders c WHERE c.tenant_id = p_tenant AND c.order_id = p_order_id FOR UPDATE;
  IF NOT FOUND THEN
    r.r_outcome := 'NOT_FOUND';
  ELSE
    r := CASE p_collection || '/' || p_action
      WHEN 'fulfillments/create' THEN create_fulfillment_1(p_tenant, w)
      WHEN 'fulfillments/update' THEN update_fulfillment_1(p_tenant, w)
      WHEN 'fulfillments/deliver' THEN deliver_fulfillment_1(p_tenant, w)
      WHEN 'fulfillments/cancel' THEN cancel_fulfillment_1(p_tenant, w)
      WHEN 'cancellations/create' THEN cancel_items_1(p_tenant, w)
      WHEN 'returns/create' THEN create_return_1(p_tenant, w)
      WHEN 'returns/receive' THEN receive_return_1(p_tenant, w)
      WHEN 'returns/close' THEN end_return_1(p_tenant, w, 'CLOSED')
      WHEN 'returns/cancel' THEN end_return_1(p_tenant, w, 'CANCELLED') END;
    -- A refused write may have been sent again after a lost connection. Then its event exists.
    IF r.r_outcome <> ALL (ARRAY['STORED', 'ENTRY_NOT_FOUND']) AND EXISTS (
         SELECT FROM order_events e
          WHERE e.tenant_id = p_tenant AND e.order_id = p_order_id AND e.change_id = p_change_id) THEN
      r := NULL;
      r.r_outcome := 'STORED';
      r.r_status := CASE p_action WHEN 'create' THEN 201 END;
    END IF;
    IF r.r_answer IS NULL THEN
      r.r_order_id := coalesce(r.r_order_id, p_order_id);
      r.r_entry_id := coalesce(r.r_entry_id, p_entry_id);
      r.r_version := w.version;
      IF r.r_outcome = 'STORED' THEN
        r.r_status := coalesce(r.r_status, 200);
        r.r_answer := entry_json_1(p_tenant, p_collection, p_order_id, r.r_entry_id);
      END IF;
    END IF;
    r.r_order_id := coalesce(r.r_order_id, p_order_id);
  END IF;
  PERFORM end_ledger_write_1(p_tenant, p_key, r);
  RETURN r;
END
$$;

-- Returns the JSON of an entry and the order's version. r_entry is NULL if the order has no such entry.
CREATE FUNCTION get_entry_1(p_tenant text, p_collection text, p_order_id uuid, p_entry_id uuid, OUT r_entry text,
                            OUT r_version integer)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant, true);
  r_entry := entry_json_1(p_tenant, p_collection, p_order_id, p_entry_id);
  SELECT o.version INTO r_version FROM orders o WHERE o.tenant_id = p_tenant AND o.order_id = p_order_id;
END
$$;

-- Returns a page of an order's entries, oldest first, and then one row without an entry whose r_more tells whether the list
-- goes on. No row means that the tenant has no such order. A page has at most p_limit entries and p_max_bytes, but at
-- least one entry.
CREATE FUNCTION list_entries_1(p_tenant text, p_collection text, p_order_id uuid, p_after integer, p_limit integer,
                               p_max_bytes integer)
RETURNS TABLE (r_seq integer, r_entry text, r_more boolean)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  v_ids uuid[];
  v_seqs integer[];
  v_bytes bigint := 0;
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant, true);
  PERFORM FROM orders o WHERE o.tenant_id = p_tenant AND o.order_id = p_order_id;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  IF p_collection = 'transactions' THEN
    SELECT array_agg(f.transaction_id), array_agg(f.seq) INTO v_ids, v_seqs
      FROM (SELECT t.transaction_id, t.seq FROM transactions t
             WHERE t.tenant_id = p_tenant AND t.order_id = p_order_id AND t.seq > p_after
             ORDER BY t.seq LIMIT p_limit + 1) f;
  ELSIF p_collection = 'fulfillments' THEN
    SELECT array_agg(f.fulfillment_id), array_agg(f.seq) INTO v_ids, v_seqs
      FROM (SELECT t.fulfillment_id, t.seq FROM fulfillments t
             WHERE t.tenant_id = p_tenant AND t.order_id = p_order_id AND t.seq > p_after
             ORDER BY t.seq LIMIT p_limit + 1) f;
  ELSIF p_collection = 'cancellations' THEN
    SELECT array_agg(f.cancellation_id), array_agg(f.seq) INTO v_ids, v_seqs
      FROM (SELECT t.cancellation_id, t.seq FROM cancellations t
             WHERE t.tenant_id = p_tenant AND t.order_id = p_order_id AND t.seq > p_after
             ORDER BY t.seq LIMIT p_limit + 1) f;
  ELSE
    SELECT array_agg(f.return_id), array_agg(f.seq) INTO v_ids, v_seqs
      FROM (SELECT t.return_id, t.seq FROM returns t
             WHERE t.tenant_id = p_tenant AND t.order_id = p_order_id AND t.seq > p_after
             ORDER BY t.seq LIMIT p_limit + 1) f;
  END IF;
  r_more := false;
  FOR i IN 1..coalesce(cardinality(v_ids), 0) LOOP
    r_entry := entry_json_1(p_tenant, p_collection, p_order_id, v_ids[i]);
    v_bytes := v_bytes + octet_length(r_entry) + 1;
    r_more := i > p_limit OR i > 1 AND v_bytes > p_max_bytes;
    EXIT WHEN r_more;
    r_seq := v_seqs[i];
    RETURN NEXT;
  END LOOP;
  r_seq := NULL;
  r_entry := NULL;
  RETURN NEXT;
END
$$;
