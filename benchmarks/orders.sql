-- Fills the tables with orders that look like the API's: :orders of them over :tenants tenants, of which tenant0 has
-- every tenth; two lines and one event each, a second apart. To be run as a superuser, who may leave out the check of
-- each foreign key, with psql -v orders=10000000 -v tenants=10000 -f benchmarks/orders.sql.
SET session_replication_role = replica;
SET synchronous_commit = off;

CREATE TEMPORARY VIEW made AS
SELECT CASE WHEN i % 10 = 0 THEN 'tenant0' ELSE 'tenant' || 1 + i % (:tenants - 1) END AS tenant_id,
       (lpad(to_hex(1600000000000 + i * 1000), 12, '0') || '7' || substr(md5(i::text), 1, 3) || 'a'
         || substr(md5(i::text), 4, 15))::uuid AS order_id,
       timestamptz '2020-09-13 12:26:40+00' + i * interval '1 second' AS at,
       i
  FROM generate_series(1::bigint, :orders) AS i;

INSERT INTO orders (tenant_id, order_id, version, status, currency, customer_id, subtotal, discount, shipping_amount,
                    shipping_tax_rate, shipping, tax, grand_total, note, created_by, created_at, updated_at,
                    document_bytes)
SELECT tenant_id, order_id, 1, (ARRAY['PLACED', 'CONFIRMED', 'COMPLETED'])[1 + i % 3], 'EUR', 'C-' || i % 1000, 4999,
       0, 644, '0', 644, 538, 6181, 'Please ring twice.', 'user' || i % 20, at, at, 1100
  FROM made
ON CONFLICT DO NOTHING;

INSERT INTO order_items
SELECT tenant_id, order_id, line, 'SKU-' || (i + line) % 5000, 'Something to buy', 1, 2499 + line, '0.1075',
       2499 + line, 0, 269, 2768 + line
  FROM made, generate_series(1, 2) AS line
ON CONFLICT DO NOTHING;

INSERT INTO order_events
SELECT tenant_id, order_id, 1, order_id, 'ORDER_PLACED', at, 'user' || i % 20, NULL, '{"currency":"EUR"}'
  FROM made
ON CONFLICT DO NOTHING;

DROP VIEW made;
RESET session_replication_role;
RESET synchronous_commit;
ANALYZE orders, order_items, order_events;
