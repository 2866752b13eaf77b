-- One function for each operation, so that each is one round trip and one transaction. The tenant is the first
-- argument of each, and every statement names the tenant for every table. A function stays, under its number, for one
-- release after its last caller, because not all clouds are deployed at one instant.
--
-- Citus sends a call to the worker of its tenant and plans every statement there. So the functions use only forms that
-- Citus plans: plpgsql; JSON read into records before a write; listed columns; `tenant_id = p_tenant` for each table.
-- CitusFormsTest refuses the others.
--
-- search_path is set on every function, so that no other schema can give a name another meaning.

-- An order with its items, as every read returns it.
CREATE TYPE order_rows_1 AS (
  tenant_id text, order_id uuid, version positive_integer, status order_status, external_ref short_text,
  currency currency_code, customer_id text, customer_email text, customer_name text, discounts json,
  shipping_amount amount, shipping_tax_rate text, subtotal amount, discount amount, shipping amount, tax amount,
  grand_total amount, shipping_address json, billing_address json, note text, metadata json, cancel_reason text,
  created_by text, created_by_email text, created_at timestamptz, updated_at timestamptz,
  document_bytes positive_integer, payment text, fulfillment_status text,
  -- One array for each item. Its last three values are the units that were canceled, fulfilled and returned.
  items json
);

-- Reserves the key for this write. r_outcome is NULL if the key now belongs to this write, otherwise it is the outcome.
-- A write that does not know its response yet passes NULL for it. store_answer_1 then completes the row.
CREATE FUNCTION claim_key_1(p_tenant text, p_key text, p_fingerprint text, p_change_id uuid, p_order_id uuid,
                            p_version integer, p_status integer, p_answer text,
                            OUT r_outcome text, OUT r_order_id uuid, OUT r_entry_id uuid, OUT r_version integer,
                            OUT r_status integer, OUT r_answer text)
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  v_change_id uuid;
  v_fingerprint text;
BEGIN
  LOOP
    INSERT INTO idempotency_keys (tenant_id, key, fingerprint, change_id, order_id, version, status, answer, created_at)
    VALUES (p_tenant, p_key, p_fingerprint, p_change_id, p_order_id, coalesce(p_version, 0), coalesce(p_status, 0),
            coalesce(p_answer, ''), now())
    ON CONFLICT (tenant_id, key) DO NOTHING;
    EXIT WHEN FOUND;
    SELECT k.change_id, k.fingerprint, k.order_id, k.entry_id, k.version, k.status, k.answer
      INTO v_change_id, v_fingerprint, r_order_id, r_entry_id, r_version, r_status, r_answer
      FROM idempotency_keys k WHERE k.tenant_id = p_tenant AND k.key = p_key;
    -- In the meantime, the other request was refused and has released its key. Try again.
    CONTINUE WHEN NOT FOUND;
    r_outcome := CASE WHEN v_change_id = p_change_id THEN 'STORED'
                      WHEN v_fingerprint = p_fingerprint THEN 'REPLAYED'
                      ELSE 'KEY_REUSED' END;
    EXIT;
  END LOOP;
END
$$;

-- Stores the response of a write to a ledger under its key.
CREATE FUNCTION store_answer_1(p_tenant text, p_key text, p_entry_id uuid, p_version integer, p_status integer,
                               p_answer text) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE idempotency_keys k SET entry_id = p_entry_id, version = p_version, status = p_status, answer = p_answer
   WHERE k.tenant_id = p_tenant AND k.key = p_key;
END
$$;

-- Releases the key of a refused request.
CREATE FUNCTION release_key_1(p_tenant text, p_key text) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM idempotency_keys k WHERE k.tenant_id = p_tenant AND k.key = p_key;
END
$$;

-- Removes a few of the tenant's keys that are older than 72 hours.
CREATE FUNCTION forget_old_keys_1(p_tenant text) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  -- A write seldom finds an old key, and this check is cheaper than a DELETE that finds none.
  IF EXISTS (SELECT FROM idempotency_keys k
              WHERE k.tenant_id = p_tenant AND k.created_at < now() - interval '72 hours') THEN
    DELETE FROM idempotency_keys k
     WHERE k.tenant_id = p_tenant
       AND k.key IN (SELECT old.key FROM idempotency_keys old
                      WHERE old.tenant_id = p_tenant AND old.created_at < now() - interval '72 hours'
                      ORDER BY old.created_at LIMIT 3 FOR UPDATE SKIP LOCKED);
  END IF;
END
$$;

CREATE FUNCTION insert_items_1(p_tenant text, p_order_id uuid, p_items json) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO order_items (tenant_id, order_id, line_number, sku, name, quantity, unit_price, tax_rate, subtotal,
                           discount, tax, total)
  SELECT p_tenant, p_order_id, i."lineNumber", i.sku, i.name, i.quantity, i."unitPrice", i."taxRate",
         i.subtotal, i.discount, i.tax, i.total
    FROM json_to_recordset(p_items) AS i("lineNumber" integer, sku text, name text, quantity integer,
         "unitPrice" bigint, "taxRate" text, subtotal bigint, discount bigint, tax bigint, total bigint);
END
$$;

-- Stores an event and announces it to the readers of the event log. The order's state after the change becomes the data
-- of the published event. p_changed is a JSON array with the names of the members that p_changes sets or removes. The
-- caller passes the names, because json_object_keys is expensive.
CREATE FUNCTION record_event_1(p_tenant text, p_order_id uuid, p_seq integer, p_change_id uuid, p_type text,
                               p_at timestamptz, p_by text, p_by_email text, p_changes json, p_changed json,
                               p_external_ref text, p_status text, p_payment_status text,
                               p_fulfillment_status text, p_currency text, p_grand_total bigint) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  v_summary json := json_strip_nulls(json_build_object(
    'orderId', p_order_id, 'externalRef', p_external_ref, 'version', p_seq, 'status', p_status,
    'paymentStatus', p_payment_status, 'fulfillmentStatus', p_fulfillment_status, 'currency', p_currency,
    'grandTotal', p_grand_total, 'changed', p_changed));
BEGIN
  INSERT INTO order_events (tenant_id, order_id, seq, change_id, type, at, by, by_email, changes, summary)
  VALUES (p_tenant, p_order_id, p_seq, p_change_id, p_type, p_at, p_by, p_by_email, p_changes, v_summary);
  INSERT INTO outbox (tenant_id, at, order_id, seq) VALUES (p_tenant, p_at, p_order_id, p_seq);
END
$$;

-- Ends a dry run. The caller catches the exception, which rolls back everything since the start of the caller's block.
CREATE FUNCTION undo_dry_run_1() RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'dry run' USING ERRCODE = 'ORD01';
END
$$;

-- Places an order. p_order is the order as the response shows it, without `payment` and `fulfillment`. With p_refuse nothing is
-- stored; the outcome is another reason to refuse the order, if there is one. A used external reference is reported before
-- a key of another request.
CREATE FUNCTION create_order_1(p_tenant text, p_order_id uuid, p_order json, p_change_id uuid, p_by text,
                               p_by_email text, p_changes json, p_changed json, p_key text,
                               p_fingerprint text, p_refuse boolean, p_dry_run boolean,
                               OUT r_outcome text, OUT r_order_id uuid, OUT r_version integer, OUT r_answer text)
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  o record;
  t record;
  v_payment text;
  v_payment_status text;
  v_answer text;
BEGIN
  IF p_dry_run THEN
    BEGIN
      SELECT c.r_outcome, c.r_order_id, c.r_version, c.r_answer INTO r_outcome, r_order_id, r_version, r_answer
        FROM create_order_1(p_tenant, p_order_id, p_order, p_change_id, p_by, p_by_email, p_changes, p_changed, NULL, NULL,
                            p_refuse, false) c;
      PERFORM undo_dry_run_1();
    EXCEPTION WHEN SQLSTATE 'ORD01' THEN
      RETURN;
    END;
  END IF;
  PERFORM set_config('app.tenant_id', p_tenant, true), set_config('lock_timeout', '3s', true);
  SELECT * INTO o
    FROM json_to_record(p_order) AS j(status text, "externalRef" text, currency text, customer json, discounts json,
           shipping json, totals json, "shippingAddress" json, "billingAddress" json, note text, metadata json,
           "createdBy" text, "createdByEmail" text, "createdAt" timestamptz, "updatedAt" timestamptz);
  SELECT * INTO t
    FROM json_to_record(o.totals) AS j(subtotal bigint, discount bigint, shipping bigint, tax bigint,
           "grandTotal" bigint);
  -- The text that payment_1 returns for an order without transactions, because a call costs more (benchmarks/statements.sh).
  -- PostgresOrdersTest compares both texts.
  v_payment_status := CASE t."grandTotal" WHEN 0 THEN 'PAID' ELSE 'UNPAID' END;
  v_payment := format('{"status":"%s","authorized":0,"captured":0,"refunded":0,"refundPending":0,"chargedBack":0,'
                      '"refundable":0,"excess":0,"due":%s,"balance":%2$s}', v_payment_status, t."grandTotal");
  v_answer := left(p_order::text, -1) || ',"payment":' || v_payment || ',"fulfillment":{"status":"UNFULFILLED"}}';
  IF p_key IS NOT NULL THEN
    SELECT c.r_outcome, c.r_order_id, c.r_version, c.r_answer INTO r_outcome, r_order_id, r_version, r_answer
      FROM claim_key_1(p_tenant, p_key, p_fingerprint, p_change_id, p_order_id, 1, 201, v_answer) c;
    IF r_outcome IN ('STORED', 'REPLAYED') THEN
      RETURN;
    END IF;
  END IF;
  IF r_outcome IS NULL AND NOT p_refuse THEN
    INSERT INTO orders (tenant_id, order_id, version, status, external_ref, currency, customer_id, customer_email,
                        customer_name, discounts, shipping_amount, shipping_tax_rate, subtotal, discount, shipping,
                        tax, grand_total, shipping_address, billing_address, note, metadata, created_by,
                        created_by_email, created_at, updated_at, document_bytes, payment, payment_status)
    VALUES (p_tenant, p_order_id, 1, o.status, o."externalRef", o.currency, o.customer->>'id', o.customer->>'email',
            o.customer->>'name', o.discounts, (o.shipping->>'amount')::bigint, o.shipping->>'taxRate', t.subtotal,
            t.discount, t.shipping, t.tax, t."grandTotal", o."shippingAddress", o."billingAddress", o.note, o.metadata,
            o."createdBy", o."createdByEmail", o."createdAt", o."updatedAt", octet_length(v_answer), v_payment,
            v_payment_status)
    ON CONFLICT DO NOTHING;
    IF FOUND THEN
      PERFORM insert_items_1(p_tenant, p_order_id, p_order->'items');
      PERFORM record_event_1(p_tenant, p_order_id, 1, p_change_id, 'ORDER_PLACED', o."updatedAt", p_by, p_by_email,
                             p_changes, p_changed, o."externalRef", o.status, v_payment_status, 'UNFULFILLED',
                             o.currency, t."grandTotal");
      PERFORM forget_old_keys_1(p_tenant);
      r_outcome := 'STORED';
      r_answer := v_answer;
      RETURN;
    END IF;
    -- The same write, sent again after a lost connection.
    IF EXISTS (SELECT FROM orders s WHERE s.tenant_id = p_tenant AND s.order_id = p_order_id) THEN
      r_outcome := 'STORED';
      r_answer := v_answer;
      RETURN;
    END IF;
  END IF;
  SELECT s.order_id INTO r_order_id FROM orders s
   WHERE s.tenant_id = p_tenant AND s.external_ref = p_order->>'externalRef';
  IF p_key IS NOT NULL AND r_outcome IS NULL THEN
    PERFORM release_key_1(p_tenant, p_key);
  END IF;
  r_outcome := CASE WHEN r_order_id IS NULL THEN coalesce(r_outcome, 'REFUSED') ELSE 'DUPLICATE_EXTERNAL_REF' END;
END
$$;

-- Replaces version p_from of an order with p_order. Without p_type nothing changes, and only the key's response is stored.
CREATE FUNCTION replace_order_1(p_tenant text, p_order_id uuid, p_from integer, p_order json, p_items_changed boolean,
                                p_change_id uuid, p_type text, p_by text, p_by_email text, p_changes json,
                                p_changed json, p_key text, p_fingerprint text, p_dry_run boolean,
                                OUT r_outcome text, OUT r_order_id uuid, OUT r_version integer, OUT r_answer text)
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  n record;
  t record;
  s record;
  v_at timestamptz;
  v_payment text;
  v_fulfillment_status text;
  v_answer text;
BEGIN
  IF p_dry_run THEN
    BEGIN
      SELECT c.r_outcome, c.r_order_id, c.r_version, c.r_answer INTO r_outcome, r_order_id, r_version, r_answer
        FROM replace_order_1(p_tenant, p_order_id, p_from, p_order, p_items_changed, p_change_id, p_type, p_by,
                             p_by_email, p_changes, p_changed, NULL, NULL, false) c;
      PERFORM undo_dry_run_1();
    EXCEPTION WHEN SQLSTATE 'ORD01' THEN
      RETURN;
    END;
  END IF;
  PERFORM set_config('app.tenant_id', p_tenant, true), set_config('lock_timeout', '3s', true);
  SELECT * INTO n
    FROM json_to_record(p_order) AS j(status text, "externalRef" text, currency text, customer json, discounts json,
           shipping json, totals json, "shippingAddress" json, "billingAddress" json, note text, metadata json,
           "cancelReason" text, "updatedAt" timestamptz);
  SELECT * INTO t
    FROM json_to_record(n.totals) AS j(subtotal bigint, discount bigint, shipping bigint, tax bigint,
           "grandTotal" bigint);
  -- The sums of another version do no harm: this write is then refused below.
  SELECT o.version, o.credits, o.allowances, o.authorized_total, o.captures, o.capture_pending, o.sales, o.sale_pending,
         o.voided, o.void_pending, o.refunded, o.refund_pending, o.chargebacks, o.chargeback_reversals, o.units,
         o.units_cancelled, o.units_fulfilled, o.units_returned, o.fulfillments_live, o.fulfillments_delivered INTO s
    FROM orders o WHERE o.tenant_id = p_tenant AND o.order_id = p_order_id;
  v_payment := payment_1(n.status, t."grandTotal", s.credits, s.allowances, s.authorized_total, s.captures,
                         s.capture_pending, s.sales, s.sale_pending, s.voided, s.void_pending, s.refunded,
                         s.refund_pending, s.chargebacks, s.chargeback_reversals);
  v_fulfillment_status := CASE
    WHEN s.units_cancelled + s.units_fulfilled = 0 THEN CASE n.status WHEN 'CANCELLED' THEN n.status ELSE 'UNFULFILLED' END
    ELSE fulfillment_status_1(n.status, s.units, s.units_cancelled, s.units_fulfilled, s.units_returned,
                              s.fulfillments_live, s.fulfillments_delivered) END;
  -- The API refuses these changes earlier. This check holds even if the API has a fault.
  IF s.version = p_from AND (p_items_changed AND s.units_cancelled + s.units_fulfilled > 0
                             OR n.status = 'CANCELLED' AND s.fulfillments_live > 0) THEN
    r_outcome := 'CONFLICT';
    RETURN;
  END IF;
  v_answer := left(p_order::text, -1) || ',"payment":' || v_payment || ',"fulfillment":{"status":"'
              || v_fulfillment_status || '"}}';
  IF p_key IS NOT NULL THEN
    SELECT c.r_outcome, c.r_order_id, c.r_version, c.r_answer INTO r_outcome, r_order_id, r_version, r_answer
      FROM claim_key_1(p_tenant, p_key, p_fingerprint, p_change_id, p_order_id,
                       p_from + CASE WHEN p_type IS NULL THEN 0 ELSE 1 END, 200, v_answer) c;
    IF r_outcome IS NOT NULL THEN
      RETURN;
    END IF;
  END IF;
  IF p_type IS NULL THEN
    PERFORM FROM orders o WHERE o.tenant_id = p_tenant AND o.order_id = p_order_id AND o.version = p_from FOR SHARE;
  ELSE
    UPDATE orders o
       SET version = p_from + 1, status = n.status, customer_id = n.customer->>'id',
           customer_email = n.customer->>'email', customer_name = n.customer->>'name', discounts = n.discounts,
           shipping_amount = (n.shipping->>'amount')::bigint, shipping_tax_rate = n.shipping->>'taxRate',
           subtotal = t.subtotal, discount = t.discount, shipping = t.shipping, tax = t.tax,
           grand_total = t."grandTotal", shipping_address = n."shippingAddress",
           billing_address = n."billingAddress", note = n.note, metadata = n.metadata,
           cancel_reason = n."cancelReason", updated_at = greatest(n."updatedAt", o.updated_at),
           document_bytes = octet_length(v_answer), payment = v_payment, payment_status = split_part(v_payment, '"', 4),
           fulfillment_status = v_fulfillment_status
     WHERE o.tenant_id = p_tenant AND o.order_id = p_order_id AND o.version = p_from
    RETURNING o.updated_at INTO v_at;
  END IF;
  IF FOUND THEN
    IF p_items_changed THEN
      DELETE FROM order_items i WHERE i.tenant_id = p_tenant AND i.order_id = p_order_id;
      PERFORM insert_items_1(p_tenant, p_order_id, p_order->'items');
    END IF;
    IF p_type IS NOT NULL THEN
      PERFORM record_event_1(p_tenant, p_order_id, p_from + 1, p_change_id, p_type, v_at, p_by, p_by_email, p_changes,
                             p_changed, n."externalRef", n.status, split_part(v_payment, '"', 4), v_fulfillment_status,
                             n.currency, t."grandTotal");
    END IF;
    PERFORM forget_old_keys_1(p_tenant);
    r_outcome := 'STORED';
    r_answer := v_answer;
    RETURN;
  END IF;
  -- The same write, sent again after a lost connection.
  IF EXISTS (SELECT FROM order_events e WHERE e.tenant_id = p_tenant AND e.order_id = p_order_id
                AND e.seq = p_from + 1 AND e.change_id = p_change_id) THEN
    -- After a later change, v_answer has sums that never belonged to this version.
    r_outcome := CASE WHEN s.version > p_from + 1 THEN 'SUPERSEDED' ELSE 'STORED' END;
    r_answer := v_answer;
    RETURN;
  END IF;
  SELECT o.version INTO r_version FROM orders o WHERE o.tenant_id = p_tenant AND o.order_id = p_order_id;
  r_outcome := CASE WHEN r_version IS NULL THEN 'NOT_FOUND' ELSE 'STALE' END;
  IF p_key IS NOT NULL THEN
    PERFORM release_key_1(p_tenant, p_key);
  END IF;
END
$$;

CREATE FUNCTION get_order_1(p_tenant text, p_order_id uuid) RETURNS SETOF order_rows_1
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant, true);
  RETURN QUERY
    SELECT o.tenant_id, o.order_id, o.version, o.status, o.external_ref, o.currency, o.customer_id, o.customer_email,
           o.customer_name, o.discounts, o.shipping_amount, o.shipping_tax_rate, o.subtotal, o.discount, o.shipping,
           o.tax, o.grand_total, o.shipping_address, o.billing_address, o.note, o.metadata, o.cancel_reason,
           o.created_by, o.created_by_email, o.created_at, o.updated_at, o.document_bytes, o.payment,
           o.fulfillment_status,
           array_to_json(ARRAY(
             SELECT json_build_array(i.sku, i.name, i.quantity, i.unit_price, i.tax_rate, i.subtotal, i.discount,
                                     i.tax, i.total, i.cancelled, i.fulfilled, i.returned)
               FROM order_items i WHERE i.tenant_id = p_tenant AND i.order_id = o.order_id ORDER BY i.line_number))
      FROM orders o WHERE o.tenant_id = p_tenant AND o.order_id = p_order_id;
END
$$;

-- Returns the state before a change: the stored response of the key, and the order. Both are from one snapshot, because
-- the function is STABLE. There is always one row. r_fingerprint is NULL if the key has no response. r_order is NULL if
-- the tenant has no such order.
CREATE FUNCTION get_order_for_change_1(p_tenant text, p_order_id uuid, p_key text)
RETURNS TABLE (r_order order_rows_1, r_fingerprint text, r_order_id uuid, r_version integer, r_answer text)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant, true);
  IF p_key IS NOT NULL THEN
    SELECT k.fingerprint, k.order_id, k.version, k.answer INTO r_fingerprint, r_order_id, r_version, r_answer
      FROM idempotency_keys k WHERE k.tenant_id = p_tenant AND k.key = p_key;
  END IF;
  SELECT o.tenant_id, o.order_id, o.version, o.status, o.external_ref, o.currency, o.customer_id, o.customer_email,
         o.customer_name, o.discounts, o.shipping_amount, o.shipping_tax_rate, o.subtotal, o.discount, o.shipping,
         o.tax, o.grand_total, o.shipping_address, o.billing_address, o.note, o.metadata, o.cancel_reason,
         o.created_by, o.created_by_email, o.created_at, o.updated_at, o.document_bytes, o.payment,
         o.fulfillment_status,
         array_to_json(ARRAY(
           SELECT json_build_array(i.sku, i.name, i.quantity, i.unit_price, i.tax_rate, i.subtotal, i.discount,
                                   i.tax, i.total, i.cancelled, i.fulfilled, i.returned)
             FROM order_items i WHERE i.tenant_id = p_tenant AND i.order_id = o.order_id ORDER BY i.line_number))
    INTO r_order
    FROM orders o WHERE o.tenant_id = p_tenant AND o.order_id = p_order_id;
  RETURN NEXT;
END
$$;

-- Returns a page of orders: at most p_limit and at most p_max_bytes, but at least one order. r_more tells whether the
-- list goes on. The statement is composed of the fixed fragments below, so that each combination of filters gets its
-- own plan. A generic plan of all filters together took 100 times as long.
CREATE FUNCTION list_orders_1(p_tenant text, p_sort text, p_limit integer, p_max_bytes integer,
                              p_after_time timestamptz, p_after_id uuid, p_statuses text[], p_created_by text,
                              p_customer_id text, p_external_ref text, p_created_from timestamptz,
                              p_created_to timestamptz, p_updated_from timestamptz, p_updated_to timestamptz,
                              p_payment_statuses text[] DEFAULT NULL, p_fulfillment_statuses text[] DEFAULT NULL)
RETURNS TABLE (r_order order_rows_1, r_more boolean)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  v_column text := CASE WHEN p_sort IN ('updatedAt', '-updatedAt') THEN 'updated_at' ELSE 'created_at' END;
  v_direction text := CASE WHEN p_sort LIKE '-%' THEN 'DESC' ELSE 'ASC' END;
  v_beyond text := CASE WHEN p_sort LIKE '-%' THEN '<' ELSE '>' END;
  v_where text := 'o.tenant_id = $1';
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant, true);
  IF p_after_id IS NOT NULL THEN
    v_where := v_where || format(' AND (o.%I, o.order_id) %s ($4, $5)', v_column, v_beyond);
  END IF;
  IF cardinality(p_statuses) = 1 THEN
    v_where := v_where || ' AND o.status = $6[1]';
  ELSIF p_statuses IS NOT NULL THEN
    v_where := v_where || ' AND o.status = ANY ($6)';
  END IF;
  IF cardinality(p_payment_statuses) = 1 THEN
    v_where := v_where || ' AND o.payment_status = $14[1]';
  ELSIF p_payment_statuses IS NOT NULL THEN
    v_where := v_where || ' AND o.payment_status = ANY ($14)';
  END IF;
  IF cardinality(p_fulfillment_statuses) = 1 THEN
    v_where := v_where || ' AND o.fulfillment_status = $15[1]';
  ELSIF p_fulfillment_statuses IS NOT NULL THEN
    v_where := v_where || ' AND o.fulfillment_status = ANY ($15)';
  END IF;
  IF p_created_by IS NOT NULL THEN v_where := v_where || ' AND o.created_by = $7'; END IF;
  IF p_customer_id IS NOT NULL THEN v_where := v_where || ' AND o.customer_id = $8'; END IF;
  IF p_external_ref IS NOT NULL THEN v_where := v_where || ' AND o.external_ref = $9'; END IF;
  IF p_created_from IS NOT NULL THEN v_where := v_where || ' AND o.created_at >= $10'; END IF;
  IF p_created_to IS NOT NULL THEN v_where := v_where || ' AND o.created_at < $11'; END IF;
  IF p_updated_from IS NOT NULL THEN v_where := v_where || ' AND o.updated_at >= $12'; END IF;
  IF p_updated_to IS NOT NULL THEN v_where := v_where || ' AND o.updated_at < $13'; END IF;
  RETURN QUERY EXECUTE format($query$
    WITH found AS (
      SELECT o.order_id, o.%1$I AS at, o.document_bytes FROM orders o
       WHERE %2$s ORDER BY o.%1$I %3$s, o.order_id %3$s LIMIT $2 + 1
    ), measured AS (
      SELECT f.order_id, f.at, row_number() OVER w AS position, count(*) OVER () AS found,
             sum(f.document_bytes) OVER w AS bytes
        FROM found f WINDOW w AS (ORDER BY f.at %3$s, f.order_id %3$s)
    ), page AS (
      SELECT m.order_id, m.at, max(m.position) OVER () < m.found AS more
        FROM measured m WHERE m.position = 1 OR (m.position <= $2 AND m.bytes <= $3)
    )
    SELECT ROW(o.tenant_id, o.order_id, o.version, o.status, o.external_ref, o.currency, o.customer_id,
               o.customer_email, o.customer_name, o.discounts, o.shipping_amount, o.shipping_tax_rate, o.subtotal,
               o.discount, o.shipping, o.tax, o.grand_total, o.shipping_address, o.billing_address, o.note, o.metadata,
               o.cancel_reason, o.created_by, o.created_by_email, o.created_at, o.updated_at, o.document_bytes,
               o.payment, o.fulfillment_status,
               array_to_json(ARRAY(
                 SELECT json_build_array(i.sku, i.name, i.quantity, i.unit_price, i.tax_rate, i.subtotal, i.discount,
                                         i.tax, i.total, i.cancelled, i.fulfilled, i.returned)
                   FROM order_items i WHERE i.tenant_id = $1 AND i.order_id = o.order_id ORDER BY i.line_number))
           )::order_rows_1, p.more
      FROM page p JOIN orders o ON o.tenant_id = $1 AND o.order_id = p.order_id
     ORDER BY p.at %3$s, p.order_id %3$s
    $query$, v_column, v_where, v_direction)
  USING p_tenant, p_limit, p_max_bytes, p_after_time, p_after_id, p_statuses, p_created_by, p_customer_id,
        p_external_ref, p_created_from, p_created_to, p_updated_from, p_updated_to, p_payment_statuses,
        p_fulfillment_statuses;
END
$$;

-- Returns a page of an order's events, ascending. No row means that the tenant has no such order. One row without an event
-- means that the order has no further events.
CREATE FUNCTION list_order_events_1(p_tenant text, p_order_id uuid, p_after integer, p_limit integer,
                                    p_max_bytes integer)
RETURNS TABLE (r_seq integer, r_type text, r_at timestamptz, r_by text, r_by_email text, r_changes json,
               r_more boolean)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant, true);
  RETURN QUERY
    WITH found AS (
      SELECT e.seq, e.type, e.at, e.by, e.by_email, e.changes FROM order_events e
       WHERE e.tenant_id = p_tenant AND e.order_id = p_order_id AND e.seq > p_after
       ORDER BY e.seq LIMIT p_limit + 1
    ), measured AS (
      SELECT f.seq, f.type, f.at, f.by, f.by_email, f.changes, row_number() OVER w AS position,
             count(*) OVER () AS found, sum(octet_length(f.changes::text) + 512) OVER w AS bytes
        FROM found f WINDOW w AS (ORDER BY f.seq)
    ), page AS (
      SELECT m.seq, m.type, m.at, m.by, m.by_email, m.changes, max(m.position) OVER () < m.found AS more
        FROM measured m WHERE m.position = 1 OR (m.position <= p_limit AND m.bytes <= p_max_bytes)
    )
    SELECT p.seq::integer, p.type::text, p.at, p.by, p.by_email, p.changes, p.more
      FROM orders o LEFT JOIN page p ON true
     WHERE o.tenant_id = p_tenant AND o.order_id = p_order_id ORDER BY p.seq;
END
$$;

-- Moves at most 2,000 of the tenant's events from the outbox to the event log, and gives them the next positions. An event
-- never comes before an earlier event of its order: the writes never let an order's time run backwards. If another reader
-- moves the events of the tenant at this moment, this call moves none. No write waits for this function.
CREATE FUNCTION sequence_events_1(p_tenant text, OUT r_moved integer)
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  v_head bigint;
  v_epoch uuid;
  v_batch json;
  v_orders uuid[];
  v_seqs integer[];
  v_times timestamptz[];
  v_first timestamptz;
  v_last timestamptz;
BEGIN
  r_moved := 0;
  -- An INSERT alone would wait for a reader that has raised head and has not committed yet.
  IF NOT EXISTS (SELECT FROM feeds f WHERE f.tenant_id = p_tenant) THEN
    v_epoch := gen_random_uuid();
    INSERT INTO feeds (tenant_id, head, epoch) VALUES (p_tenant, 0, v_epoch) ON CONFLICT DO NOTHING;
  END IF;
  SELECT f.head INTO v_head FROM feeds f WHERE f.tenant_id = p_tenant FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  SELECT json_agg(json_build_array(s.order_id, s.seq, s.at) ORDER BY s.reached, s.order_id, s.seq),
         array_agg(s.order_id), array_agg(s.seq), array_agg(s.at), min(s.at), max(s.at)
    INTO v_batch, v_orders, v_seqs, v_times, v_first, v_last
    FROM (SELECT o.order_id, o.seq, o.at, max(o.at) OVER (PARTITION BY o.order_id ORDER BY o.seq) AS reached
            FROM (SELECT u.order_id, u.seq, u.at FROM outbox u WHERE u.tenant_id = p_tenant
                   ORDER BY u.at, u.order_id, u.seq LIMIT 2000) o) s;
  r_moved := coalesce(cardinality(v_orders), 0);
  INSERT INTO event_log (tenant_id, position, order_id, seq, at)
  SELECT p_tenant, v_head + b.number, (b.row->>0)::uuid, (b.row->>1)::integer, (b.row->>2)::timestamptz
    FROM json_array_elements(v_batch) WITH ORDINALITY AS b(row, number);
  -- The range of times keeps the planner from reading the whole outbox, even if it has no statistics.
  DELETE FROM outbox o USING unnest(v_times, v_orders, v_seqs) AS b(at, order_id, seq)
   WHERE o.tenant_id = p_tenant AND o.at BETWEEN v_first AND v_last
     AND o.at = b.at AND o.order_id = b.order_id AND o.seq = b.seq;
  UPDATE feeds f SET head = v_head + r_moved WHERE f.tenant_id = p_tenant;
END
$$;

-- Returns a page of the tenant's event log: events after position p_after, or after the last position if p_after is NULL.
-- Before that, it gives positions to new events. Without new events it writes nothing, and it also works on a read-only
-- replica. A page has at most p_limit events and p_max_bytes, but at least one event, and looks at 5,000 positions at
-- most. r_end is the last position that the page covers; r_more tells whether the log goes on. The columns of the event
-- are NULL if its order was removed. If the page has no event, there is one row without a position.
CREATE FUNCTION read_events_1(p_tenant text, p_after bigint, p_limit integer, p_max_bytes integer, p_types text[],
                              p_with_changes boolean)
RETURNS TABLE (r_epoch uuid, r_head bigint, r_end bigint, r_more boolean, r_position bigint, r_order_id uuid,
               r_seq integer, r_change_id uuid, r_type text, r_at timestamptz, r_summary json, r_changes json)
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  v_moved integer := 0;
  v_after bigint;
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant, true);
  IF current_setting('transaction_read_only') = 'off'
     AND EXISTS (SELECT FROM outbox o WHERE o.tenant_id = p_tenant) THEN
    SELECT s.r_moved INTO v_moved FROM sequence_events_1(p_tenant) s;
  END IF;
  SELECT f.epoch, f.head INTO r_epoch, r_head FROM feeds f WHERE f.tenant_id = p_tenant;
  r_head := coalesce(r_head, 0);
  v_after := coalesce(p_after, r_head);
  -- A forged cursor may name the largest position, so the sum must not come first.
  r_end := v_after + greatest(0, least(r_head - v_after, 5000));
  r_more := r_end < r_head OR v_moved = 2000;
  RETURN QUERY
    WITH found AS (
      SELECT l.position, e.order_id, e.seq, e.change_id, e.type, e.at, e.summary,
             CASE WHEN p_with_changes THEN e.changes END AS changes
        FROM event_log l
        LEFT JOIN order_events e ON e.tenant_id = p_tenant AND e.order_id = l.order_id AND e.seq = l.seq
       WHERE l.tenant_id = p_tenant AND l.position > v_after AND l.position <= r_end
         AND (p_types IS NULL OR coalesce(e.type, 'EVENT_REMOVED') = ANY (p_types))
       ORDER BY l.position LIMIT p_limit + 1
    ), measured AS (
      SELECT f.position, f.order_id, f.seq, f.change_id, f.type, f.at, f.summary, f.changes,
             row_number() OVER w AS number, count(*) OVER () AS found,
             sum(1536 + coalesce(octet_length(f.summary::text), 0) + coalesce(octet_length(f.changes::text), 0))
               OVER w AS bytes
        FROM found f WINDOW w AS (ORDER BY f.position)
    ), page AS (
      SELECT m.position, m.order_id, m.seq, m.change_id, m.type, m.at, m.summary, m.changes,
             max(m.position) OVER () AS last, max(m.number) OVER () < m.found AS is_cut
        FROM measured m WHERE m.number = 1 OR (m.number <= p_limit AND m.bytes <= p_max_bytes)
    )
    SELECT r_epoch, r_head, CASE WHEN p.is_cut THEN p.last ELSE r_end END, r_more OR p.is_cut, p.position, p.order_id,
           p.seq::integer, p.change_id, p.type::text, p.at, p.summary, p.changes
      FROM page p ORDER BY p.position;
  IF NOT FOUND THEN
    RETURN NEXT;
  END IF;
END
$$;

-- Names the first check that fails, for callers, and says what is wrong and what to do, for operators. Both are NULL
-- if the application may work with this database. p_migration is the newest migration that the application needs.
CREATE FUNCTION readiness_1(p_migration text, OUT r_check text, OUT r_detail text)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  v_tables regclass[] := ARRAY['orders'::regclass, 'order_items'::regclass, 'transactions'::regclass,
                               'fulfillments'::regclass, 'cancellations'::regclass, 'returns'::regclass,
                               'order_events'::regclass, 'outbox'::regclass, 'event_log'::regclass, 'feeds'::regclass,
                               'idempotency_keys'::regclass];
  v_statement text := current_setting('statement_timeout');
  v_idle text := current_setting('idle_in_transaction_session_timeout');
BEGIN
  IF NOT EXISTS (SELECT FROM flyway_schema_history h WHERE h.version = p_migration AND h.success) THEN
    r_check := 'migrations';
    r_detail := format('Migration %s is missing. Run scripts/migrate.sh.', p_migration);
  ELSIF current_setting('server_encoding') <> 'UTF8' THEN
    r_check := 'encoding';
    r_detail := format('The encoding of database %I is %s. Make a database with ENCODING ''UTF8'' TEMPLATE template0.',
                       current_database(), current_setting('server_encoding'));
  ELSIF EXISTS (SELECT FROM pg_roles r WHERE r.rolname = current_user AND (r.rolsuper OR r.rolbypassrls)) THEN
    r_check := 'role';
    r_detail := format('Role %I is SUPERUSER or BYPASSRLS. Set DB_USER to a role that is neither.', current_user);
  ELSIF EXISTS (SELECT FROM pg_class c
                 WHERE c.oid = ANY (v_tables) AND pg_has_role(current_user, c.relowner, 'MEMBER')) THEN
    r_check := 'role';
    r_detail := format('Role %I owns the tables. Set DB_USER to a role that does not.', current_user);
  ELSIF EXISTS (SELECT FROM pg_class c WHERE c.oid = ANY (v_tables)
                   AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (
                              SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'tenant_rows'))) THEN
    r_check := 'row-level-security';
    r_detail := 'A table lacks its policy or does not force it. Restore both as V002__row_level_security.sql makes them.';
  ELSIF NOT (v_statement::interval BETWEEN '1 ms' AND '10 s' AND v_idle::interval BETWEEN '1 ms' AND '10 s') THEN
    r_check := 'timeouts';
    r_detail := format('statement_timeout is %s and idle_in_transaction_session_timeout is %s; each must be from 1ms to '
                       '10s. As an administrator run: ALTER ROLE %I SET statement_timeout = ''10s''; ALTER ROLE %I SET '
                       'idle_in_transaction_session_timeout = ''10s''; or append to DB_URL: options=-c%%20'
                       'statement_timeout=10s%%20-c%%20idle_in_transaction_session_timeout=10s',
                       v_statement, v_idle, current_user, current_user);
  ELSIF has_schema_privilege(current_user, 'public', 'CREATE')
        OR has_database_privilege(current_user, current_database(), 'TEMPORARY') THEN
    r_check := 'privileges';
    r_detail := format('Role %I may create objects that other roles would use. As an administrator run: REVOKE CREATE '
                       'ON SCHEMA public FROM PUBLIC, %I; REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC, %I;',
                       current_user, current_user, current_database(), current_user);
  END IF;
END
$$;
