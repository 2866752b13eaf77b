-- Spreads the tables over the workers of a Citus or Azure elastic cluster, by tenant. Optional; no script runs it. Run it
-- as the owner of the tables, on the coordinator, after each scripts/migrate.sh and before the API that needs the
-- migration. It skips tables and functions that are already distributed. docs/operations.md says when and how.
--
-- All tables are distributed by tenant_id and colocated. All rows of a tenant are therefore on one worker, where foreign
-- keys work. Each operation names its tenant first, and is sent to that worker as one remote command.
SELECT create_distributed_table('orders', 'tenant_id')
 WHERE 'orders'::regclass NOT IN (SELECT p.logicalrelid FROM pg_dist_partition p);
SELECT create_distributed_table('order_items', 'tenant_id', colocate_with => 'orders')
 WHERE 'order_items'::regclass NOT IN (SELECT p.logicalrelid FROM pg_dist_partition p);
SELECT create_distributed_table('transactions', 'tenant_id', colocate_with => 'orders')
 WHERE 'transactions'::regclass NOT IN (SELECT p.logicalrelid FROM pg_dist_partition p);
SELECT create_distributed_table('fulfillments', 'tenant_id', colocate_with => 'orders')
 WHERE 'fulfillments'::regclass NOT IN (SELECT p.logicalrelid FROM pg_dist_partition p);
SELECT create_distributed_table('cancellations', 'tenant_id', colocate_with => 'orders')
 WHERE 'cancellations'::regclass NOT IN (SELECT p.logicalrelid FROM pg_dist_partition p);
SELECT create_distributed_table('returns', 'tenant_id', colocate_with => 'orders')
 WHERE 'returns'::regclass NOT IN (SELECT p.logicalrelid FROM pg_dist_partition p);
SELECT create_distributed_table('order_events', 'tenant_id', colocate_with => 'orders')
 WHERE 'order_events'::regclass NOT IN (SELECT p.logicalrelid FROM pg_dist_partition p);
SELECT create_distributed_table('outbox', 'tenant_id', colocate_with => 'orders')
 WHERE 'outbox'::regclass NOT IN (SELECT p.logicalrelid FROM pg_dist_partition p);
SELECT create_distributed_table('event_log', 'tenant_id', colocate_with => 'orders')
 WHERE 'event_log'::regclass NOT IN (SELECT p.logicalrelid FROM pg_dist_partition p);
SELECT create_distributed_table('feeds', 'tenant_id', colocate_with => 'orders')
 WHERE 'feeds'::regclass NOT IN (SELECT p.logicalrelid FROM pg_dist_partition p);
SELECT create_distributed_table('idempotency_keys', 'tenant_id', colocate_with => 'orders')
 WHERE 'idempotency_keys'::regclass NOT IN (SELECT p.logicalrelid FROM pg_dist_partition p);

-- A worker that serves the API checks the migrations itself.
SELECT create_reference_table('flyway_schema_history')
 WHERE 'flyway_schema_history'::regclass NOT IN (SELECT p.logicalrelid FROM pg_dist_partition p);

-- The functions that the API calls. The worker of the tenant runs them.
SELECT create_distributed_function(f.oid::regprocedure, 'p_tenant', colocate_with => 'orders', force_delegation => true)
  FROM pg_proc f
 WHERE f.pronamespace = 'public'::regnamespace
   AND f.proname ~ '^(create_order|replace_order|get_order|get_order_for_change|list_orders|list_order_events|read_events|record_transaction|settle_transaction|find_transactions|write_entry|get_entry|list_entries)_[0-9]+$'
   AND NOT EXISTS (SELECT FROM pg_dist_object d WHERE d.classid = f.tableoid AND d.objid = f.oid AND d.force_delegation);

-- The functions that those functions call, and that a worker that serves the API calls. Each worker has them.
SELECT create_distributed_function(f.oid::regprocedure)
  FROM pg_proc f
 WHERE f.pronamespace = 'public'::regnamespace
   AND f.proname ~ '^(claim_key|store_answer|release_key|forget_old_keys|insert_items|record_event|sequence_events|apply_transaction|change_transaction|advance_transaction|find_transaction|transaction_json|remember_report|uses_limit|state_after_report|end_ledger_write|payment|fulfillment_status|half_even|credit|time_text|fulfillment_json|cancellation_json|return_json|entry_json|find_fulfillment|find_cancellation|find_return|read_lines|check_items|apply_entry|refuse_entry|create_fulfillment|update_fulfillment|deliver_fulfillment|cancel_fulfillment|cancel_items|create_return|receive_return|end_return|undo_dry_run|readiness)_[0-9]+$'
   AND NOT EXISTS (SELECT FROM pg_dist_object d WHERE d.classid = f.tableoid AND d.objid = f.oid);
