-- Fills the tables with :orders orders of :tenants tenants that look like the API's orders. tenant0 has every tenth order.
-- Each order has two lines and one event, one second apart. Every nineteenth order has a key that has not expired.
-- Run the script as a superuser, because a superuser may skip the check of each foreign key:
-- psql -v orders=10000000 -v tenants=10000 -f benchmarks/orders.sql
--
-- One transaction creates all orders or none. With wal_level = minimal the server writes no log of the orders.
BEGIN;
SET LOCAL session_replication_role = replica;
TRUNCATE orders, order_items, order_events, outbox, event_log, feeds, idempotency_keys;

-- An index of all rows is created much faster at once than row by row. The index that foreign keys need stays.
CREATE TEMPORARY TABLE made_later ON COMMIT DROP AS
SELECT i.indrelid::regclass AS of, i.indexrelid::regclass AS index, c.conname AS name,
       pg_get_constraintdef(c.oid) AS definition, pg_get_indexdef(i.indexrelid) AS index_definition
  FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype IN ('p', 'u')
 WHERE i.indrelid IN ('orders'::regclass, 'order_items'::regclass, 'order_events'::regclass,
                      'event_log'::regclass, 'idempotency_keys'::regclass)
   AND NOT EXISTS (SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.conindid = i.indexrelid);

DO $$
DECLARE
  v_drop text;
BEGIN
  FOR v_drop IN SELECT CASE WHEN name IS NULL THEN format('DROP INDEX %s', index)
                            ELSE format('ALTER TABLE %s DROP CONSTRAINT %I', of, name) END
                  FROM made_later LOOP
    EXECUTE v_drop;
  END LOOP;
END
$$;

CREATE TEMPORARY VIEW made AS
SELECT CASE WHEN i % 10 = 0 THEN 'tenant0' ELSE 'tenant' || 1 + i % (:tenants - 1) END AS tenant_id,
       (lpad(to_hex(1600000000000 + i * 1000), 12, '0') || '7' || substr(md5(i::text), 1, 3) || 'a'
         || substr(md5(i::text), 4, 15))::uuid AS order_id,
       timestamptz '2020-09-13 12:26:40+00' + i * interval '1 second' AS at,
       i
  FROM generate_series(1::bigint, :orders) AS i;

INSERT INTO orders (tenant_id, order_id, version, status, external_ref, currency, customer_id, subtotal, discount,
                    shipping_amount, shipping_tax_rate, shipping, tax, grand_total, note, created_by, created_at,
                    updated_at, document_bytes, payment, payment_status)
SELECT tenant_id, order_id, 1, (ARRAY['PLACED', 'CONFIRMED', 'COMPLETED'])[1 + i % 3], 'SHOP-' || i, 'EUR',
       'C-' || i % 1000, 4999, 0, 644, '0', 644, 538, 6181, 'Please ring twice.', 'user' || i % 20, at, at, 1100,
       payment_1('PLACED', 6181), 'UNPAID'
  FROM made;

INSERT INTO order_items
SELECT tenant_id, order_id, line, 'SKU-' || (i + line) % 5000, 'Something to buy', 1, 2499 + line, '0.1075',
       2499 + line, 0, 269, 2768 + line
  FROM made, generate_series(1, 2) AS line;

INSERT INTO order_events
SELECT tenant_id, order_id, 1, order_id, 'ORDER_PLACED', at, 'user' || i % 20, NULL, '{"currency":"EUR"}',
       json_build_object('orderId', order_id, 'version', 1, 'status', 'PLACED', 'paymentStatus', 'UNPAID',
                         'currency', 'EUR', 'grandTotal', 6181,
                         'changed', json_build_array('currency'))
  FROM made;

INSERT INTO event_log
SELECT tenant_id, row_number() OVER (PARTITION BY tenant_id ORDER BY at), order_id, 1, at FROM made;

INSERT INTO feeds SELECT tenant_id, count(*), gen_random_uuid() FROM made GROUP BY tenant_id;

-- The keys must not expire while the database is kept.
INSERT INTO idempotency_keys
SELECT tenant_id, 'key-' || i, md5(i::text), order_id, order_id, NULL, 1, 201, rpad('{"id":"' || order_id || '"}', 1100),
       now() + interval '1 year'
  FROM made WHERE i % 19 = 0;

DROP VIEW made;

DO $$
DECLARE
  v_make text;
BEGIN
  FOR v_make IN SELECT CASE WHEN name IS NULL THEN index_definition
                            ELSE format('ALTER TABLE %s ADD CONSTRAINT %I %s', of, name, definition) END
                  FROM made_later LOOP
    EXECUTE v_make;
  END LOOP;
END
$$;
COMMIT;
