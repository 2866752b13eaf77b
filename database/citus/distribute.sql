-- Spreads the tables over the workers of a Citus or Azure elastic cluster, by tenant. An optional step, once, as the
-- owner of the tables, on the coordinator, after scripts/migrate.sh and best while the tables are empty; no script runs
-- it. docs/operations.md says when and how.
--
-- All tables are distributed by tenant_id and colocated, so all rows of a tenant are on one worker, foreign keys hold
-- there, and each operation, which names its tenant first, is sent there whole: one remote command.
SELECT create_distributed_table('orders', 'tenant_id');
SELECT create_distributed_table('order_items', 'tenant_id', colocate_with => 'orders');
SELECT create_distributed_table('order_events', 'tenant_id', colocate_with => 'orders');
SELECT create_distributed_table('idempotency_keys', 'tenant_id', colocate_with => 'orders');

-- What the API calls is delegated to the worker of its tenant.
SELECT create_distributed_function(f.oid::regprocedure, 'p_tenant', colocate_with => 'orders', force_delegation => true)
  FROM pg_proc f JOIN pg_class t ON t.oid = 'orders'::regclass AND t.relnamespace = f.pronamespace
 WHERE f.proname ~ '^(create_order|replace_order|get_order|get_order_for_change|list_orders|list_order_events)_[0-9]+$';

-- What those call in turn has to be there.
SELECT create_distributed_function(f.oid::regprocedure)
  FROM pg_proc f JOIN pg_class t ON t.oid = 'orders'::regclass AND t.relnamespace = f.pronamespace
 WHERE f.proname ~ '^(claim_key|release_key|forget_old_keys|insert_items|undo_dry_run)_[0-9]+$';
