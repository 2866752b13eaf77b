-- A tenant sees only its own rows, with any statement of the application. The tenant is set for one transaction. If it is
-- not set, no rows are visible. FORCE applies the policies to the owner, too. The owner's own policy shows all rows:
-- without this policy, a data migration of an owner that is not a superuser would silently change nothing.
DO $$
DECLARE
  v_table text;
BEGIN
  FOREACH v_table IN ARRAY ARRAY['orders', 'order_items', 'transactions', 'fulfillments', 'cancellations', 'returns',
                                 'order_events', 'outbox', 'event_log', 'feeds', 'idempotency_keys'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', v_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', v_table);
    EXECUTE format($policy$
      CREATE POLICY tenant_rows ON %I
        USING (tenant_id = nullif(current_setting('app.tenant_id', true), ''))
        WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), ''))
      $policy$, v_table);
    EXECUTE format('CREATE POLICY owner_rows ON %I TO %I USING (true) WITH CHECK (true)', v_table, current_user);
  END LOOP;
END
$$;
