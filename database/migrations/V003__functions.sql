-- One function for each operation, so that each is one round trip and one transaction. The tenant is the first
-- argument of each; every statement names it for every table. A function is kept, under its number, for one release
-- after the last caller of it is gone, since not all clouds are deployed at one instant.

-- An order with its lines, as every read answers it: one row an order.
CREATE VIEW order_rows_1 WITH (security_invoker = true) AS
SELECT o.*,
       (SELECT json_agg(json_build_array(i.sku, i.name, i.quantity, i.unit_price, i.tax_rate,
                                         i.subtotal, i.discount, i.tax, i.total) ORDER BY i.line_number)
          FROM order_items i
         WHERE i.tenant_id = o.tenant_id AND i.order_id = o.order_id) AS items
  FROM orders o;

-- Reserves the key for this write. r_outcome is NULL if the key is ours now, else what to answer instead.
CREATE FUNCTION claim_key_1(p_tenant text, p_key text, p_fingerprint text, p_change_id uuid, p_order_id uuid,
                            p_version integer, p_answer text, OUT r_outcome text, OUT r_order_id uuid,
                            OUT r_version integer, OUT r_answer text)
LANGUAGE plpgsql AS $$
DECLARE
  v_row idempotency_keys;
BEGIN
  LOOP
    INSERT INTO idempotency_keys
    VALUES (p_tenant, p_key, p_fingerprint, p_change_id, p_order_id, p_version, p_answer, now())
    ON CONFLICT (tenant_id, key) DO NOTHING;
    EXIT WHEN FOUND;
    SELECT * INTO v_row FROM idempotency_keys k WHERE k.tenant_id = p_tenant AND k.key = p_key;
    -- The other request was refused meanwhile, and took its key away: ours for the taking.
    CONTINUE WHEN NOT FOUND;
    r_order_id := v_row.order_id;
    r_version := v_row.version;
    r_answer := v_row.answer;
    r_outcome := CASE WHEN v_row.change_id = p_change_id THEN 'STORED'
                      WHEN v_row.fingerprint = p_fingerprint THEN 'REPLAYED'
                      ELSE 'KEY_REUSED' END;
    EXIT;
  END LOOP;
END
$$;

-- Gives a key back: a request that was refused leaves none.
CREATE FUNCTION release_key_1(p_tenant text, p_key text) RETURNS void
LANGUAGE sql AS $$
  DELETE FROM idempotency_keys WHERE tenant_id = p_tenant AND key = p_key;
$$;

-- Removes a few of the tenant's keys that are older than 72 hours.
CREATE FUNCTION forget_old_keys_1(p_tenant text) RETURNS void
LANGUAGE sql AS $$
  DELETE FROM idempotency_keys k
   WHERE k.tenant_id = p_tenant
     AND k.key IN (SELECT old.key FROM idempotency_keys old
                    WHERE old.tenant_id = p_tenant AND old.created_at < now() - interval '72 hours'
                    ORDER BY old.created_at LIMIT 3 FOR UPDATE SKIP LOCKED);
$$;

CREATE FUNCTION insert_items_1(p_tenant text, p_order_id uuid, p_items json) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO order_items
  SELECT p_tenant, p_order_id, i."lineNumber", i.sku, i.name, i.quantity, i."unitPrice", i."taxRate",
         i.subtotal, i.discount, i.tax, i.total
    FROM json_to_recordset(p_items) AS i("lineNumber" integer, sku text, name text, quantity integer,
         "unitPrice" bigint, "taxRate" text, subtotal bigint, discount bigint, tax bigint, total bigint);
$$;

-- What a dry run ends with: everything is undone, and the caller knows why.
CREATE FUNCTION undo_dry_run_1() RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'dry run' USING ERRCODE = 'ORD01';
END
$$;

-- Places an order. p_order is the order as it is answered; p_refuse finds out what else would refuse it, and stores
-- nothing. A taken external reference is told before a key that was used for another request.
CREATE FUNCTION create_order_1(p_tenant text, p_order_id uuid, p_order json, p_change_id uuid, p_by text,
                               p_by_email text, p_changes json, p_key text, p_fingerprint text,
                               p_refuse boolean, p_dry_run boolean,
                               OUT r_outcome text, OUT r_order_id uuid, OUT r_version integer, OUT r_answer text)
LANGUAGE plpgsql AS $$
DECLARE
  v_external_ref text;
  v_items json;
  v_at timestamptz;
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant, true), set_config('lock_timeout', '3s', true);
  IF p_key IS NOT NULL THEN
    SELECT c.* INTO r_outcome, r_order_id, r_version, r_answer
      FROM claim_key_1(p_tenant, p_key, p_fingerprint, p_change_id, p_order_id, 1, p_order::text) c;
    IF r_outcome IN ('STORED', 'REPLAYED') THEN
      RETURN;
    END IF;
  END IF;
  IF r_outcome IS NULL AND NOT p_refuse THEN
    INSERT INTO orders (tenant_id, order_id, version, status, external_ref, currency, customer_id, customer_email,
                        customer_name, discounts, shipping_amount, shipping_tax_rate, subtotal, discount, shipping,
                        tax, grand_total, shipping_address, billing_address, note, metadata, created_by,
                        created_by_email, created_at, updated_at, document_bytes)
    SELECT p_tenant, p_order_id, 1, o.status, o."externalRef", o.currency, o.customer->>'id', o.customer->>'email',
           o.customer->>'name', o.discounts, (o.shipping->>'amount')::bigint, o.shipping->>'taxRate', t.subtotal,
           t.discount, t.shipping, t.tax, t."grandTotal", o."shippingAddress", o."billingAddress", o.note, o.metadata,
           o."createdBy", o."createdByEmail", o."createdAt", o."updatedAt", octet_length(p_order::text)
      FROM json_to_record(p_order) AS o(status text, "externalRef" text, currency text, customer json,
             discounts json, shipping json, totals json, "shippingAddress" json, "billingAddress" json, note text,
             metadata json, "createdBy" text, "createdByEmail" text, "createdAt" timestamptz,
             "updatedAt" timestamptz),
           json_to_record(o.totals) AS t(subtotal bigint, discount bigint, shipping bigint, tax bigint,
             "grandTotal" bigint)
    ON CONFLICT DO NOTHING
    RETURNING created_at INTO v_at;
    IF FOUND THEN
      PERFORM insert_items_1(p_tenant, p_order_id, p_order->'items');
      INSERT INTO order_events
      VALUES (p_tenant, p_order_id, 1, p_change_id, 'ORDER_PLACED', v_at, p_by, p_by_email, p_changes);
      PERFORM forget_old_keys_1(p_tenant);
      IF p_dry_run THEN
        PERFORM undo_dry_run_1();
      END IF;
      r_outcome := 'STORED';
      RETURN;
    END IF;
    -- This very write, sent again after its connection was lost.
    IF EXISTS (SELECT FROM orders o WHERE o.tenant_id = p_tenant AND o.order_id = p_order_id) THEN
      r_outcome := 'STORED';
      RETURN;
    END IF;
  END IF;
  SELECT o.order_id INTO r_order_id FROM orders o
   WHERE o.tenant_id = p_tenant AND o.external_ref = p_order->>'externalRef';
  IF p_key IS NOT NULL AND r_outcome IS NULL THEN
    PERFORM release_key_1(p_tenant, p_key);
  END IF;
  r_outcome := CASE WHEN r_order_id IS NULL THEN coalesce(r_outcome, 'REFUSED') ELSE 'DUPLICATE_EXTERNAL_REF' END;
END
$$;

-- Replaces version p_from of an order by p_order. Without p_type nothing changes and only the key's answer is kept.
CREATE FUNCTION replace_order_1(p_tenant text, p_order_id uuid, p_from integer, p_order json, p_items_changed boolean,
                                p_change_id uuid, p_type text, p_by text, p_by_email text, p_changes json,
                                p_key text, p_fingerprint text, p_dry_run boolean,
                                OUT r_outcome text, OUT r_order_id uuid, OUT r_version integer, OUT r_answer text)
LANGUAGE plpgsql AS $$
DECLARE
  v_at timestamptz;
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant, true), set_config('lock_timeout', '3s', true);
  IF p_key IS NOT NULL THEN
    SELECT c.* INTO r_outcome, r_order_id, r_version, r_answer
      FROM claim_key_1(p_tenant, p_key, p_fingerprint, p_change_id, p_order_id,
                       p_from + CASE WHEN p_type IS NULL THEN 0 ELSE 1 END, p_order::text) c;
    IF r_outcome IS NOT NULL THEN
      RETURN;
    END IF;
  END IF;
  IF p_type IS NULL THEN
    PERFORM FROM orders o WHERE o.tenant_id = p_tenant AND o.order_id = p_order_id AND o.version = p_from FOR SHARE;
  ELSE
    UPDATE orders
       SET version = p_from + 1, status = d.status, customer_id = d.customer->>'id',
           customer_email = d.customer->>'email', customer_name = d.customer->>'name', discounts = d.discounts,
           shipping_amount = (d.shipping->>'amount')::bigint, shipping_tax_rate = d.shipping->>'taxRate',
           subtotal = t.subtotal, discount = t.discount, shipping = t.shipping, tax = t.tax,
           grand_total = t."grandTotal", shipping_address = d."shippingAddress",
           billing_address = d."billingAddress", note = d.note, metadata = d.metadata,
           cancel_reason = d."cancelReason", updated_at = d."updatedAt", document_bytes = octet_length(p_order::text)
      FROM json_to_record(p_order) AS d(status text, customer json, discounts json, shipping json, totals json,
             "shippingAddress" json, "billingAddress" json, note text, metadata json, "cancelReason" text,
             "updatedAt" timestamptz),
           json_to_record(d.totals) AS t(subtotal bigint, discount bigint, shipping bigint, tax bigint,
             "grandTotal" bigint)
     WHERE orders.tenant_id = p_tenant AND orders.order_id = p_order_id AND orders.version = p_from
    RETURNING orders.updated_at INTO v_at;
  END IF;
  IF FOUND THEN
    IF p_items_changed THEN
      DELETE FROM order_items i WHERE i.tenant_id = p_tenant AND i.order_id = p_order_id;
      PERFORM insert_items_1(p_tenant, p_order_id, p_order->'items');
    END IF;
    IF p_type IS NOT NULL THEN
      INSERT INTO order_events
      VALUES (p_tenant, p_order_id, p_from + 1, p_change_id, p_type, v_at, p_by, p_by_email, p_changes);
    END IF;
    PERFORM forget_old_keys_1(p_tenant);
    IF p_dry_run THEN
      PERFORM undo_dry_run_1();
    END IF;
    r_outcome := 'STORED';
    RETURN;
  END IF;
  -- This very write, sent again after its connection was lost.
  IF EXISTS (SELECT FROM order_events e WHERE e.tenant_id = p_tenant AND e.order_id = p_order_id
                AND e.seq = p_from + 1 AND e.change_id = p_change_id) THEN
    r_outcome := 'STORED';
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
LANGUAGE plpgsql STABLE AS $$
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant, true);
  RETURN QUERY SELECT r.* FROM order_rows_1 r WHERE r.tenant_id = p_tenant AND r.order_id = p_order_id;
END
$$;

-- What a change starts from: the key's stored answer and the order, both of one snapshot (the function is STABLE).
-- Always one row; r_fingerprint is NULL if the key has no answer, r_order if the tenant has no such order.
CREATE FUNCTION get_order_for_change_1(p_tenant text, p_order_id uuid, p_key text)
RETURNS TABLE (r_order order_rows_1, r_fingerprint text, r_order_id uuid, r_version integer, r_answer text)
LANGUAGE plpgsql STABLE AS $$
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant, true);
  RETURN QUERY SELECT r, k.fingerprint, k.order_id, k.version, k.answer
                 FROM (SELECT) one
                 LEFT JOIN idempotency_keys k ON k.tenant_id = p_tenant AND k.key = p_key
                 LEFT JOIN order_rows_1 r ON r.tenant_id = p_tenant AND r.order_id = p_order_id;
END
$$;

-- A page of orders: at most p_limit, less where more than p_max_bytes would come together, at least one. r_more tells
-- whether the list goes on. The statement is composed of the fixed fragments below, so that each combination of
-- filters gets a plan of its own; a generic plan of all filters at once took 100 times as long.
CREATE FUNCTION list_orders_1(p_tenant text, p_sort text, p_limit integer, p_max_bytes integer,
                              p_after_time timestamptz, p_after_id uuid, p_statuses text[], p_created_by text,
                              p_customer_id text, p_external_ref text, p_created_from timestamptz,
                              p_created_to timestamptz, p_updated_from timestamptz, p_updated_to timestamptz)
RETURNS TABLE (r_order order_rows_1, r_more boolean)
LANGUAGE plpgsql STABLE AS $$
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
    SELECT r, p.more FROM page p JOIN order_rows_1 r ON r.tenant_id = $1 AND r.order_id = p.order_id
     ORDER BY p.at %3$s, p.order_id %3$s
    $query$, v_column, v_where, v_direction)
  USING p_tenant, p_limit, p_max_bytes, p_after_time, p_after_id, p_statuses, p_created_by, p_customer_id,
        p_external_ref, p_created_from, p_created_to, p_updated_from, p_updated_to;
END
$$;

-- A page of an order's events, ascending; no row if the tenant has no such order, one without event if it has but no
-- event is left.
CREATE FUNCTION list_order_events_1(p_tenant text, p_order_id uuid, p_after integer, p_limit integer,
                                    p_max_bytes integer)
RETURNS TABLE (r_seq integer, r_type text, r_at timestamptz, r_by text, r_by_email text, r_changes json,
               r_more boolean)
LANGUAGE plpgsql STABLE AS $$
BEGIN
  PERFORM set_config('app.tenant_id', p_tenant, true);
  RETURN QUERY
    WITH measured AS (
      SELECT e.*, row_number() OVER w AS position, count(*) OVER () AS found,
             sum(octet_length(e.changes::text) + 512) OVER w AS bytes
        FROM (SELECT * FROM order_events f WHERE f.tenant_id = p_tenant AND f.order_id = p_order_id
                 AND f.seq > p_after ORDER BY f.seq LIMIT p_limit + 1) e
      WINDOW w AS (ORDER BY e.seq)
    ), page AS (
      SELECT m.*, max(m.position) OVER () < m.found AS more
        FROM measured m WHERE m.position = 1 OR (m.position <= p_limit AND m.bytes <= p_max_bytes)
    )
    SELECT p.seq, p.type, p.at, p.by, p.by_email, p.changes, p.more
      FROM orders o LEFT JOIN page p ON p.tenant_id = o.tenant_id AND p.order_id = o.order_id
     WHERE o.tenant_id = p_tenant AND o.order_id = p_order_id ORDER BY p.seq;
END
$$;

-- Names the first check that fails, for callers, and says what is wrong and what to do, for operators. Both are NULL
-- if the application may work with this database. p_migration is the newest migration that the application needs.
CREATE FUNCTION readiness_1(p_migration text, OUT r_check text, OUT r_detail text)
LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_tables regclass[] := ARRAY['orders'::regclass, 'order_items'::regclass, 'order_events'::regclass,
                               'idempotency_keys'::regclass];
BEGIN
  IF NOT EXISTS (SELECT FROM flyway_schema_history h WHERE h.version = p_migration AND h.success) THEN
    r_check := 'migrations';
    r_detail := 'Migration ' || p_migration || ' is missing. Run scripts/migrate.sh.';
  ELSIF EXISTS (SELECT FROM pg_roles r WHERE r.rolname = current_user AND (r.rolsuper OR r.rolbypassrls)) THEN
    r_check := 'role';
    r_detail := 'The role ' || current_user || ' is SUPERUSER or BYPASSRLS. Set DB_USER to a role that is neither.';
  ELSIF EXISTS (SELECT FROM pg_class c
                 WHERE c.oid = ANY (v_tables) AND pg_has_role(current_user, c.relowner, 'MEMBER')) THEN
    r_check := 'role';
    r_detail := 'The role ' || current_user || ' owns the tables. Set DB_USER to a role that does not.';
  ELSIF EXISTS (SELECT FROM pg_class c WHERE c.oid = ANY (v_tables)
                   AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (
                              SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'tenant_rows'))) THEN
    r_check := 'row-level-security';
    r_detail := 'Row-level security is not enabled and forced on every table. Run scripts/migrate.sh on a new database.';
  END IF;
END
$$;
