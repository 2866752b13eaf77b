-- A tenant sees its own rows only, whatever statement the application sends. The tenant is set for one transaction;
-- where it is not set, there are no rows. FORCE makes this hold for the owner as well, whose own policy lets
-- migrations see every row: without it a data migration by an owner that is no superuser would change nothing, silently.
DO $$
DECLARE
  v_table text;
BEGIN
  FOREACH v_table IN ARRAY ARRAY['orders', 'order_items', 'order_events', 'idempotency_keys'] LOOP
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
